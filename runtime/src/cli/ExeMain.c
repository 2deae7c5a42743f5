//===-- ExeMain.c - main of a model compiled to an executable -----------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cli/Cli.h"

#include <stdio.h>
#include <string.h>

// The link gives this name to the model's own query:
// --defsym=tn_exe_query=tn_<model>_query.
const tn_model *tn_exe_query(void);

int main(int argc, char **argv) {
  const char *program = argc > 0 ? argv[0] : "model";
  const char *slash = strrchr(program, '/');
  tn_cli_source source = {.program = slash ? slash + 1 : program,
                          .linked = tn_exe_query()};
  tn_message message;
  // The loader of shared artifacts checks this before it maps code.
  if (tn_verify(source.linked, &message)) {
    fprintf(stderr, "%s: error: %s\n", source.program, message.text);
    return TN_EXIT_FAILED;
  }
  return tn_cli_main(argc, argv, &source);
}
