//===-- Cli.c - verbs and options of the command line -------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cli/Cli.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef int (*session_verb)(tn_session *, const tn_cli_options *, tn_message *);

enum { RUN = 1, BENCH = 2, VERIFY = 4, INFO = 8, TRAIN = 16, EVAL = 32 };

typedef struct {
  const char *name;
  int bit;
  session_verb run; // NULL for `info`, which needs no context
  const char *summary, *description;
} verb;

static const verb verbs[] = {
    {"run", RUN, tn_cli_run, "run once and write the outputs",
     "Runs the model once. Outputs are written to DIR/NAME.npy."},
    {"bench", BENCH, tn_cli_bench, "time the model on random inputs",
     "Runs the model on random inputs again and again and prints how long a "
     "step takes\nand how much memory it has."},
    {"verify", VERIFY, tn_cli_verify, "compare outputs with expected files",
     "Runs the model on DIR/input_N.pb and compares with DIR/output_N.pb (or "
     ".npy), N\nfrom 0 in signature order. Exit code 1 when an element differs "
     "by more than\natol + rtol * |expected|; integers must be equal."},
    {"train", TRAIN, tn_cli_train, "train a model compiled with --train",
     "Trains on the arrays of a .npz file (numpy.savez), named as the inputs "
     "of "
     "the step,\nexamples along their first dimension, in an order that "
     "depends on the seed alone.\nProgress goes to standard error, and one "
     "JSON object at the end to standard output."},
    {"eval", EVAL, tn_cli_eval, "loss and metrics on a data set",
     "Evaluates a model compiled with --train on the arrays of a .npz file, "
     "with the state\nof a checkpoint, or as --seed initialises it. Prints one "
     "JSON object."},
    {"info", INFO, NULL, "print the signature and the memory plan",
     "Prints inputs, outputs and memory. The model need not fit this CPU."}};
enum { VERB_COUNT = sizeof(verbs) / sizeof(verbs[0]) };

typedef struct {
  const char *name, *value; // value is NULL for a switch
  int verbs;
  const char *help;
} option;

static const option options[] = {
    {"input", "NAME=FILE", RUN,
     "an input from a .npy file, or a .pb with an ONNX TensorProto"},
    {"out", "DIR", RUN, "where outputs go; created when missing"},
    {"dir", "DIR", VERIFY, "where input_N and output_N are"},
    {"rtol", "X", VERIFY, "relative tolerance (default 1e-3)"},
    {"atol", "X", VERIFY,
     "absolute tolerance (default 1e-7 + 1e-5 * max |expected|, 2e-3 for "
     "halves)"},
    {"min-distinct", "N", VERIFY,
     "fail when more than N elements have fewer than N distinct values"},
    {"data", "FILE.npz", TRAIN | EVAL, "the examples"},
    {"valid", "FILE.npz", TRAIN, "examples to evaluate on after each epoch"},
    {"epochs", "N", TRAIN, "how often to go through the data (default 1)"},
    {"checkpoint", "FILE", TRAIN,
     "where to save the training after each epoch, and when interrupted"},
    {"checkpoint", "FILE", RUN | BENCH | VERIFY | EVAL,
     "the state to use, of a model that trains"},
    {"checkpoint-every", "STEPS", TRAIN, "save it after so many steps too"},
    {"resume", NULL, TRAIN,
     "go on where the checkpoint stands, with the same bits"},
    {"no-shuffle", NULL, TRAIN, "take the examples in the file's order"},
    {"export", "FILE", TRAIN,
     "write the result as .safetensors, or as .onnx with --source"},
    {"source", "IN.onnx", TRAIN, "the file that the model was compiled from"},
    {"log", "FILE.csv", TRAIN, "loss and metrics of each step"},
    {"curve", "FILE.png", TRAIN, "a picture of the loss"},
    {"entry", "NAME", BENCH, "infer (default), step or eval"},
    {"seed", "N", RUN | BENCH,
     "random values for inputs (with run: for those not given)"},
    {"seed", "N", TRAIN | EVAL,
     "initial values and order of the examples (default 0)"},
    {"repetitions", "N", BENCH, "how often to run (default: for a second)"},
    {"json", NULL, BENCH, "print one JSON object, with all samples"},
    {"profile", NULL, BENCH, "print the time of each launch, slowest first"},
    {"threads", "N", RUN | BENCH | VERIFY | TRAIN | EVAL,
     "threads, the main one included (default: as many as CPUs)"},
    {"guard-pages", NULL, RUN | VERIFY | TRAIN | EVAL,
     "end the arena and each workspace at an unmapped page"},
    {"withhold-bytes", "N", RUN | VERIFY,
     "with --guard-pages, shorten the arena, to see the guard work"}};
enum { OPTION_COUNT = sizeof(options) / sizeof(options[0]) };

//===-- Help ------------------------------------------------------------===//

static void printUsage(const tn_cli_source *source, FILE *to) {
  const char *artifact = source->linked ? "" : " ARTIFACT";
  fprintf(to, "usage: %s VERB%s [options]\n\n", source->program, artifact);
  for (int i = 0; i < VERB_COUNT; ++i)
    fprintf(to, "  %-8s%s\n", verbs[i].name, verbs[i].summary);
  fprintf(to, "\n'%s VERB --help' tells the options of a verb.\n",
          source->program);
}

static void printVerbHelp(const tn_cli_source *source, const verb *v) {
  printf("usage: %s %s%s [options]\n\n%s\n\noptions:\n", source->program,
         v->name, source->linked ? "" : " ARTIFACT", v->description);
  for (int i = 0; i < OPTION_COUNT; ++i) {
    if (!(options[i].verbs & v->bit))
      continue;
    char text[40];
    snprintf(text, sizeof(text), "--%s%s%s", options[i].name,
             options[i].value ? " " : "",
             options[i].value ? options[i].value : "");
    printf("  %-22s %s\n", text, options[i].help);
  }
  printf("  %-22s %s\n", "--help", "print this");
}

//===-- Parsing ---------------------------------------------------------===//

static int usageError(const tn_cli_source *source, const char *format,
                      const char *text) {
  fprintf(stderr, "%s: error: ", source->program);
  fprintf(stderr, format, text);
  fprintf(stderr, "; see '%s --help'\n", source->program);
  return TN_EXIT_USAGE;
}

static int parseCount(const char *text, uint64_t *value) {
  char *end;
  errno = 0;
  if (*text < '0' || *text > '9')
    return 0;
  *value = strtoull(text, &end, 10);
  return !errno && !*end && *value <= UINT32_MAX;
}

static int parseSeed(const char *text, uint64_t *value) {
  char *end;
  errno = 0;
  *value = strtoull(text, &end, 10);
  return *text >= '0' && *text <= '9' && !errno && !*end;
}

static int parseNumber(const char *text, double *value) {
  char *end;
  *value = strtod(text, &end);
  return end != text && !*end && *value >= 0;
}

static int parseEntry(const char *text, int32_t *entry) {
  static const char *const names[] = {"infer", "step", "eval"};
  for (*entry = TN_INFER; *entry <= TN_EVAL; ++*entry)
    if (!strcmp(text, names[*entry]))
      return 1;
  return 0;
}

// Stores one option; 0 when its value is wrong.
static int store(const char *name, const char *value, tn_cli_options *o) {
  if (!strcmp(name, "input")) {
    if (o->input_count == TN_CLI_MAX_INPUTS)
      return 0;
    o->inputs[o->input_count++] = value;
    return 1;
  }
  if (!strcmp(name, "out"))
    return *(o->out = value) != '\0';
  if (!strcmp(name, "dir"))
    return *(o->dir = value) != '\0';
  if (!strcmp(name, "data"))
    return *(o->data = value) != '\0';
  if (!strcmp(name, "valid"))
    return *(o->valid = value) != '\0';
  if (!strcmp(name, "checkpoint"))
    return *(o->checkpoint = value) != '\0';
  if (!strcmp(name, "source"))
    return *(o->source = value) != '\0';
  if (!strcmp(name, "log"))
    return *(o->log = value) != '\0';
  if (!strcmp(name, "curve"))
    return *(o->curve = value) != '\0';
  if (!strcmp(name, "export")) {
    if (o->export_count == TN_CLI_MAX_EXPORTS)
      return 0;
    o->exports[o->export_count++] = value;
    return *value != '\0';
  }
  if (!strcmp(name, "entry"))
    return parseEntry(value, &o->entry);
  if (!strcmp(name, "epochs"))
    return parseCount(value, &o->epochs) && o->epochs > 0;
  if (!strcmp(name, "checkpoint-every"))
    return parseCount(value, &o->checkpoint_every) && o->checkpoint_every > 0;
  if (!strcmp(name, "resume"))
    return o->resume = 1;
  if (!strcmp(name, "no-shuffle"))
    return o->no_shuffle = 1;
  if (!strcmp(name, "rtol"))
    return parseNumber(value, &o->rtol);
  if (!strcmp(name, "atol"))
    return parseNumber(value, &o->atol);
  if (!strcmp(name, "min-distinct"))
    return parseCount(value, &o->min_distinct);
  if (!strcmp(name, "seed"))
    return o->has_seed = parseSeed(value, &o->seed);
  if (!strcmp(name, "repetitions"))
    return parseCount(value, &o->repetitions) && o->repetitions > 0;
  if (!strcmp(name, "threads"))
    return parseCount(value, &o->threads) && o->threads > 0;
  if (!strcmp(name, "withhold-bytes"))
    return parseCount(value, &o->withhold);
  if (!strcmp(name, "json"))
    return o->json = 1;
  if (!strcmp(name, "profile"))
    return o->profile = 1;
  return o->guard_pages = 1; // the one that is left
}

static const option *findOption(const char *name, size_t size, int bit) {
  for (int i = 0; i < OPTION_COUNT; ++i)
    if (strlen(options[i].name) == size &&
        !strncmp(options[i].name, name, size) && (options[i].verbs & bit))
      return &options[i];
  return NULL;
}

// Reads "--name value", "--name=value" and "--switch" at argv[*i].
static int parseOption(const tn_cli_source *source, const verb *v, int argc,
                       char **argv, int *i, tn_cli_options *o) {
  const char *name = argv[*i] + 2;
  const char *equals = strchr(name, '=');
  size_t size = equals ? (size_t)(equals - name) : strlen(name);
  const option *found = findOption(name, size, v->bit);
  if (!found)
    return usageError(source, "unknown option '%s'", argv[*i]);
  const char *value = "";
  if (found->value && equals)
    value = equals + 1;
  else if (found->value && *i + 1 < argc)
    value = argv[++*i];
  else if (found->value || equals)
    return usageError(source,
                      found->value ? "option '%s' needs a value"
                                   : "option '%s' takes no value",
                      argv[*i]);
  if (!store(found->name, value, o))
    return usageError(source, "option '--%s' has a wrong value", found->name);
  return TN_EXIT_OK;
}

// Returns the exit code to end with, or -1 to go on.
static int parse(const tn_cli_source *source, const verb *v, int argc,
                 char **argv, tn_cli_options *o) {
  for (int i = 2; i < argc; ++i) {
    if (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h")) {
      printVerbHelp(source, v);
      return TN_EXIT_OK;
    }
    if (!strncmp(argv[i], "--", 2)) {
      int code = parseOption(source, v, argc, argv, &i, o);
      if (code)
        return code;
    } else if (!source->linked && !o->artifact) {
      o->artifact = argv[i];
    } else {
      return usageError(source, "unexpected '%s'", argv[i]);
    }
  }
  if (!source->linked && !o->artifact)
    return usageError(source, "'%s' needs an artifact", v->name);
  if (v->bit == RUN && !o->out)
    return usageError(source, "'%s' needs --out DIR", v->name);
  if (v->bit & (TRAIN | EVAL) && !o->data)
    return usageError(source, "'%s' needs --data FILE.npz", v->name);
  if ((o->resume || o->checkpoint_every) && !o->checkpoint)
    return usageError(source, "option '--%s' needs --checkpoint FILE",
                      o->resume ? "resume" : "checkpoint-every");
  if (v->bit == VERIFY && !o->dir)
    return usageError(source, "'%s' needs --dir DIR", v->name);
  return -1;
}

//===-- Running ---------------------------------------------------------===//

static int execute(const verb *v, const tn_model *model,
                   const tn_cli_options *o, tn_message *message) {
  if (!v->run)
    return tn_cli_info(model, message);
  tn_session session;
  if (tn_session_begin(model, o, &session, message))
    return TN_EXIT_FAILED;
  int code = v->run(&session, o, message);
  tn_session_end(&session);
  return code;
}

int tn_cli_main(int argc, char **argv, const tn_cli_source *source) {
  if (argc < 2) {
    printUsage(source, stderr);
    return TN_EXIT_USAGE;
  }
  if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h")) {
    printUsage(source, stdout);
    return TN_EXIT_OK;
  }
  const verb *v = NULL;
  for (int i = 0; i < VERB_COUNT; ++i)
    if (!strcmp(argv[1], verbs[i].name))
      v = &verbs[i];
  if (!v)
    return usageError(source, "unknown verb '%s'", argv[1]);

  static tn_cli_options o; // large
  memset(&o, 0, sizeof(o));
  o.program = source->program;
  o.rtol = 1e-3;
  o.atol = -1;
  o.epochs = 1;
  o.is_training = v->bit == TRAIN;
  if (v->bit == TRAIN || v->bit == EVAL)
    o.entry = v->bit == TRAIN ? TN_STEP : TN_EVAL;
  int code = parse(source, v, argc, argv, &o);
  if (code >= 0)
    return code;

  tn_message message = {""};
  void *handle = NULL;
  const tn_model *model = source->linked;
  tn_status status =
      model ? TN_OK
            : source->open(o.artifact, !v->run, &handle, &model, &message);
  code = status ? TN_EXIT_FAILED : execute(v, model, &o, &message);
  if (fflush(stdout) != 0 && code == TN_EXIT_OK) {
    fprintf(stderr, "%s: error: cannot write to standard output\n",
            source->program);
    code = TN_EXIT_FAILED;
  }
  if (message.text[0])
    fprintf(stderr, "%s: error: %s\n", source->program, message.text);
  if (handle)
    source->close(handle);
  return code;
}
