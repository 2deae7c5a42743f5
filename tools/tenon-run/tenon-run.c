//===-- tenon-run.c - runs, times and checks compiled models ------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "runtime/src/cli/Cli.h"

static tn_status openArtifact(const char *path, int inspect, void **handle,
                              const tn_model **model, tn_message *message) {
  tn_library *library;
  tn_status status =
      tn_open(path, TN_OPEN_VERIFY | (inspect ? TN_OPEN_INSPECT : 0), &library,
              message);
  if (!status) {
    *handle = library;
    *model = tn_library_model(library);
  }
  return status;
}

static void closeArtifact(void *handle) { tn_close(handle); }

int main(int argc, char **argv) {
  static const tn_cli_source source = {
      .program = "tenon-run", .open = openArtifact, .close = closeArtifact};
  return tn_cli_main(argc, argv, &source);
}
