# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""lit configuration: tools of this build come first on PATH.

Features   cpu-v4     the host executes AVX-512 (F, BW, CD, DQ, VL)
           clang      clang-22 is installed
           chromium   a browser is installed
           qemu       qemu-x86_64 pretends to be another processor
           test-data  the unpacked test data is there (see %testdata)
Names      %testdata  unpacked public models and cases
           %cc        the C compiler of this build
           %examples  the repository's examples/
           %{tools}   this build's tools, for a test that sets PATH
           %build     this build's folder
           %inputs    the Inputs/ folder beside the test
"""

import os
import platform
import shutil

import lit.formats

config.name = "tenon"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlir", ".test"]
config.excludes = [
    "Inputs", "Unit", "Fuzz", "Models", "Ops", "CMakeLists.txt", "lit.cfg.py",
    "lit.site.cfg.py",
]
config.test_source_root = os.path.dirname(__file__)

tools = os.path.join(config.tenon_obj_root, "bin")
config.environment["PATH"] = os.pathsep.join(
    [tools, config.llvm_tools_dir, config.environment["PATH"]])
config.environment["FILECHECK_OPTS"] = (
    "-enable-var-scope --allow-unused-prefixes=false")

unpacked = os.path.join(config.tenon_obj_root, "testdata")
if os.path.exists(os.path.join(unpacked, ".complete")):
    config.available_features.add("test-data")
config.substitutions.append(("%testdata", unpacked))
config.substitutions.append(("%cc", config.tenon_cc))
config.substitutions.append(
    ("%examples", os.path.join(config.tenon_src_root, "examples")))
config.substitutions.append(("%{tools}", tools))
config.substitutions.append(("%build", config.tenon_obj_root))
config.substitutions.append(("%inputs", "%S/Inputs"))

if os.path.exists(config.tenon_clang):
    config.available_features.add("clang")
    config.substitutions.append(("%clang", config.tenon_clang))

if shutil.which("chromium"):
    config.available_features.add("chromium")
if shutil.which("qemu-x86_64"):
    config.available_features.add("qemu")

config.available_features.add("host-" + platform.machine())
try:
    with open("/proc/cpuinfo") as info:
        flags = next((l for l in info if l.startswith("flags")), "").split()
except OSError:
    flags = []
if {"avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"} <= set(flags):
    config.available_features.add("cpu-v4")
if {"avx2", "fma", "f16c", "bmi1", "bmi2"} <= set(flags):
    config.available_features.add("cpu-v3")
