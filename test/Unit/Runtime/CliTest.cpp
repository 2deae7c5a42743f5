//===-- CliTest.cpp - tenon-run, as a user meets it -----------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "gtest/gtest.h"

extern "C" {
#include "runtime/src/cli/Tensor.h"
}

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

struct Result {
  int code;
  std::string text; // of both streams
};

Result execute(const std::string &command) {
  Result result{-1, ""};
  FILE *pipe = popen((command + " 2>&1").c_str(), "r");
  std::array<char, 4096> buffer;
  while (size_t n = fread(buffer.data(), 1, buffer.size(), pipe))
    result.text.append(buffer.data(), n);
  int status = pclose(pipe);
  result.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return result;
}

bool says(const Result &result, const std::string &words) {
  return result.text.find(words) != std::string::npos;
}

const std::string tool = TENON_RUN " ";
const std::string artifact = FAKE_ARTIFACT;

class Cli : public testing::Test {
protected:
  void SetUp() override {
    dir = testing::TempDir() + "tenon_cli_" + std::to_string(getpid()) + "_" +
          testing::UnitTest::GetInstance()->current_test_info()->name();
    mkdir(dir.c_str(), 0777);
  }
  void TearDown() override { execute("rm -rf '" + dir + "'"); }

  // An f32 array of shape 2x3 with `first`, `first` + 1, ...
  std::string write(const std::string &name, float first,
                    tn_dtype dtype = TN_F32) {
    tn_host_tensor t{};
    t.dtype = dtype;
    t.rank = 2;
    t.dims[0] = 2;
    t.dims[1] = 3;
    EXPECT_EQ(tn_host_allocate(&t, 6, nullptr), TN_OK);
    for (int i = 0; i < 6 && dtype == TN_F32; ++i)
      static_cast<float *>(t.data)[i] = first + i;
    std::string path = dir + "/" + name;
    EXPECT_EQ(tn_npy_write(path.c_str(), &t, nullptr), TN_OK);
    tn_host_free(&t);
    return path;
  }

  std::string dir;
};

TEST_F(Cli, RunWritesOutputs) {
  std::string in = write("in.npy", 10);
  for (const std::string &rest :
       {" --input x=" + in, " --input=x=" + in + " --threads=3",
        " --input " + in + " --guard-pages"}) {
    Result r =
        execute(tool + "run " + artifact + rest + " --out " + dir + "/new/out");
    ASSERT_EQ(r.code, 0) << r.text;
    tn_host_tensor t;
    std::string path = dir + "/new/out/y.npy";
    ASSERT_EQ(tn_tensor_read(path.c_str(), &t, nullptr), TN_OK);
    EXPECT_EQ(tn_host_element(&t, 5), 16);
    tn_host_free(&t);
    remove(path.c_str());
  }
}

TEST_F(Cli, RunTakesRandomInputsForASeed) {
  Result missing = execute(tool + "run " + artifact + " --out " + dir);
  EXPECT_EQ(missing.code, 1);
  EXPECT_TRUE(says(missing, "input 0 'x' is missing")) << missing.text;
  auto bytesOf = [&](const char *seed) {
    Result r = execute(tool + "run " + artifact + " --seed=" + seed +
                       " --out " + dir + " && cksum <" + dir + "/y.npy");
    EXPECT_EQ(r.code, 0) << r.text;
    return r.text;
  };
  EXPECT_EQ(bytesOf("1"), bytesOf("1"));
  EXPECT_NE(bytesOf("1"), bytesOf("2"));
}

TEST_F(Cli, VerifyComparesAndFails) {
  write("input_0.npy", 10);
  write("output_0.npy", 11);
  Result good = execute(tool + "verify " + artifact + " --dir " + dir);
  EXPECT_EQ(good.code, 0) << good.text;
  EXPECT_TRUE(says(good, "PASSED: 1 output")) << good.text;
  EXPECT_TRUE(says(good, "largest error 0,")) << good.text;
  write("output_0.npy", 11.5);
  Result bad = execute(tool + "verify " + artifact + " --dir " + dir);
  EXPECT_EQ(bad.code, 1);
  // 0.5 of the expected 11.5 ... 16.5
  EXPECT_TRUE(says(bad, "largest error 0.5, relative to max-min 0.1"))
      << bad.text;
  EXPECT_TRUE(says(bad, "6 of 6 elements, the first at 0: 11, expected 11.5"));
  Result loose = execute(tool + "verify " + artifact + " --dir " + dir +
                         " --atol 0.5 --rtol 0");
  EXPECT_EQ(loose.code, 0) << loose.text;
  Result tight = execute(tool + "verify " + artifact + " --dir " + dir +
                         " --atol 0.4999 --rtol 0");
  EXPECT_EQ(tight.code, 1) << tight.text;
}

TEST_F(Cli, VerifyRefusesExpectationsThatShowLittle) {
  write("input_0.npy", 10);
  write("output_0.npy", 11);
  std::string command = tool + "verify " + artifact + " --dir " + dir;
  EXPECT_EQ(execute(command + " --min-distinct 6").code, 0);
  // So large that all six elements are the same number.
  write("input_0.npy", 1e30f);
  write("output_0.npy", 1e30f);
  EXPECT_EQ(execute(command).code, 0);
  Result few = execute(command + " --min-distinct 2");
  EXPECT_EQ(few.code, 1);
  EXPECT_TRUE(says(few, "distinct")) << few.text;
}

TEST_F(Cli, VerifyNeedsMatchingFiles) {
  std::string command = tool + "verify " + artifact + " --dir " + dir;
  EXPECT_TRUE(says(execute(command), "input_0.pb"));
  write("input_0.npy", 1);
  Result none = execute(command);
  EXPECT_EQ(none.code, 1);
  EXPECT_TRUE(says(none, "to compare with")) << none.text;
  write("output_0.npy", 0, TN_I32);
  Result dtype = execute(command);
  EXPECT_EQ(dtype.code, 1);
  EXPECT_TRUE(says(dtype, "f32[2x3]") && says(dtype, "i32[2x3]"));
  write("output_0.npy", 2);
  write("output_1.npy", 2);
  Result more = execute(command);
  EXPECT_EQ(more.code, 1);
  EXPECT_TRUE(says(more, "an output too many")) << more.text;
  write("input_0.npy", 0, TN_F64);
  Result input = execute(command);
  EXPECT_EQ(input.code, 1);
  EXPECT_TRUE(says(input, "input 0 'x' must be f32[2x3], and is f64[2x3]"));
}

TEST_F(Cli, BenchPrintsTimesAndMemory) {
  Result r =
      execute(tool + "bench " + artifact + " --threads 2 --repetitions 5");
  EXPECT_EQ(r.code, 0);
  for (const char *word : {"median:", "p10:", "p90:", "arena:",
                           "weights: 1049576 bytes", "repetitions: 5"})
    EXPECT_TRUE(says(r, word)) << word << " in: " << r.text;
  Result json = execute(tool + "bench " + artifact + " --repetitions 5 --json");
  EXPECT_TRUE(says(json, "\"median_ms\": ")) << json.text;
}

// The same number of allocations for many steps as for few.
TEST_F(Cli, BenchAllocatesNothingInAStep) {
  if (std::string(COUNT_ALLOCATIONS).empty())
    GTEST_SKIP() << "sanitizers replace malloc themselves";
  auto count = [](const char *repetitions, const char *threads) {
    Result r = execute("LD_PRELOAD=" COUNT_ALLOCATIONS " " + tool + "bench " +
                       artifact + " --repetitions " + repetitions +
                       " --threads " + threads);
    size_t at = r.text.find("allocations: ");
    EXPECT_NE(at, std::string::npos) << r.text;
    return r.text.substr(at);
  };
  for (const char *threads : {"1", "2"})
    EXPECT_EQ(count("3", threads), count("300", threads));
}

TEST_F(Cli, InfoNeedsNoMatchingCpu) {
  Result r = execute(tool + "info " FUTURE_ARTIFACT);
  EXPECT_EQ(r.code, 0) << r.text;
  EXPECT_TRUE(says(r, "input 0: 'x' f32[2x3]")) << r.text;
  Result run = execute(tool + "bench " FUTURE_ARTIFACT);
  EXPECT_EQ(run.code, 1);
  EXPECT_TRUE(says(run, "lacks:")) << run.text;
}

TEST_F(Cli, HelpTellsEveryVerb) {
  Result help = execute(tool + "--help");
  EXPECT_EQ(help.code, 0);
  for (std::string verb : {"run", "bench", "verify", "info"}) {
    EXPECT_TRUE(says(help, "  " + verb));
    Result one = execute(tool + verb + " --help");
    EXPECT_EQ(one.code, 0);
    EXPECT_TRUE(says(one, "usage: tenon-run " + verb + " ARTIFACT"));
  }
}

TEST_F(Cli, WrongUseIsTold) {
  auto expect = [](const std::string &arguments, const char *words) {
    Result r = execute(tool + arguments);
    EXPECT_EQ(r.code, 2) << arguments;
    EXPECT_TRUE(says(r, words)) << arguments << ": " << r.text;
  };
  expect("", "usage");
  expect("fly x.so", "unknown verb 'fly'");
  expect("run", "needs an artifact");
  expect("run x.so", "--out DIR");
  expect("verify x.so", "--dir DIR");
  expect("run x.so y.so --out d", "unexpected 'y.so'");
  expect("run x.so --out", "needs a value");
  expect("run x.so --out=", "wrong value");
  expect("run x.so --threads 0 --out d", "wrong value");
  expect("run x.so --threads -1 --out d", "wrong value");
  expect("run x.so --threads 99999999999999999999 --out d", "wrong value");
  expect("verify x.so --rtol abc --dir d", "wrong value");
  expect("bench x.so --out d", "unknown option '--out'");
  expect("bench x.so --json=1", "takes no value");
  Result missing = execute(tool + "bench /no/such.so");
  EXPECT_EQ(missing.code, 1);
  EXPECT_TRUE(says(missing, "error: cannot open '/no/such.so'"));
}

TEST_F(Cli, InputsMustBeNamedRight) {
  std::string in = write("in.npy", 1);
  std::string command = tool + "run " + artifact + " --out " + dir;
  Result wrong = execute(command + " --input z=" + in);
  EXPECT_EQ(wrong.code, 1);
  EXPECT_TRUE(says(wrong, "one of 'x'")) << wrong.text;
  Result twice = execute(command + " --input x=" + in + " --input x=" + in);
  EXPECT_EQ(twice.code, 1);
  EXPECT_TRUE(says(twice, "second time")) << twice.text;
  Result many = execute(command + " --input x=" + in + " --threads 9");
  EXPECT_EQ(many.code, 1);
  EXPECT_TRUE(says(many, "--max-threads=9")) << many.text;
}

// The same verbs, without naming a file.
TEST_F(Cli, ExecutablesHaveTheVerbs) {
  write("input_0.npy", 10);
  write("output_0.npy", 11);
  Result r = execute(FAKE_EXECUTABLE " verify --dir " + dir);
  EXPECT_EQ(r.code, 0) << r.text;
  EXPECT_TRUE(says(r, "PASSED"));
  EXPECT_EQ(execute(FAKE_EXECUTABLE " bench --repetitions 3").code, 0);
  EXPECT_EQ(execute(FAKE_EXECUTABLE " info").code, 0);
  Result extra = execute(FAKE_EXECUTABLE " info some.so");
  EXPECT_EQ(extra.code, 2);
  EXPECT_TRUE(says(extra, "unexpected 'some.so'"));
}

} // namespace
