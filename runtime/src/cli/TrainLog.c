//===-- TrainLog.c - what a training tells on its way -------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cli/TrainLog.h"
#include "core/Message.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

//===-- Rows for other programs -----------------------------------------===//

static tn_status cannotWrite(const char *path, tn_message *message) {
  return tn_fail(message, TN_IO_ERROR, "cannot write '%.300s': %s", path,
                 strerror(errno));
}

tn_status tn_train_log_open(const char *path, const tn_training *training,
                            const tn_scores *scores, tn_train_log *log,
                            tn_message *message) {
  memset(log, 0, sizeof(*log));
  if (!path)
    return TN_OK;
  log->path = path;
  int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  struct stat info;
  if (fd < 0)
    return cannotWrite(path, message);
  uint64_t keep = training->log_size;
  int failed = fstat(fd, &info) != 0;
  uint64_t size = failed ? 0 : (uint64_t)info.st_size;
  if (!failed && size < keep) {
    fprintf(stderr,
            "'%s' has lost its end: rows before step %llu are missing\n", path,
            (unsigned long long)training->steps);
    keep = size;
  }
  failed = failed || (size > keep && ftruncate(fd, (off_t)keep) != 0) ||
           lseek(fd, (off_t)keep, SEEK_SET) < 0 ||
           !(log->file = fdopen(fd, "r+"));
  if (failed) {
    tn_status status = cannotWrite(path, message);
    close(fd);
    return status;
  }
  if (keep == 0) {
    fputs("kind,step,epoch", log->file);
    for (uint32_t i = 0; i < scores->count; ++i) {
      fputc(',', log->file);
      for (const char *p = scores->names[i]; *p; ++p)
        fputc(*p == ',' || *p == '"' || *p == '\n' ? '_' : *p, log->file);
    }
    fputc('\n', log->file);
  }
  return TN_OK;
}

void tn_train_log_row(tn_train_log *log, const char *kind,
                      const tn_training *training, const double *values,
                      uint32_t count) {
  if (!log->file)
    return;
  fprintf(log->file, "%s,%llu,%llu", kind, (unsigned long long)training->steps,
          (unsigned long long)training->epoch + 1);
  for (uint32_t i = 0; i < count; ++i)
    fprintf(log->file, ",%.17g", values[i]); // every bit of an f64
  fputc('\n', log->file);
}

tn_status tn_train_log_flush(tn_train_log *log, uint64_t *size,
                             tn_message *message) {
  if (!log->file)
    return TN_OK;
  errno = 0;
  if (fflush(log->file) != 0 || ferror(log->file))
    return cannotWrite(log->path, message);
  // Pipes and the like have no disk.
  if (fsync(fileno(log->file)) != 0 && errno != EINVAL && errno != EROFS)
    return cannotWrite(log->path, message);
  off_t end = ftello(log->file);
  if (end < 0)
    return cannotWrite(log->path, message);
  *size = (uint64_t)end;
  return TN_OK;
}

void tn_train_log_close(tn_train_log *log) {
  if (log->file)
    fclose(log->file);
  memset(log, 0, sizeof(*log));
}

//===-- Lines for people ------------------------------------------------===//

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

void tn_progress_begin(tn_progress *progress, const tn_training *training,
                       uint64_t batches, uint64_t epochs) {
  memset(progress, 0, sizeof(*progress));
  progress->is_terminal = isatty(STDERR_FILENO);
  progress->batches = batches;
  progress->batch = training->batch;
  progress->epochs = epochs;
  progress->begun = progress->shown = progress->last = now();
}

double tn_progress_speed(const tn_progress *progress) {
  return progress->training > 0
             ? (double)(progress->steps * progress->batch) / progress->training
             : 0;
}

void tn_scores_show(const tn_scores *scores, const double *means,
                    const char *prefix) {
  for (uint32_t i = 0; i < scores->count; ++i)
    fprintf(stderr, "%s%s%.60s %.4f", i ? "  " : "", prefix, scores->names[i],
            means[i]);
}

static void showLine(tn_progress *p, const tn_training *training,
                     const tn_scores *scores, const double *means) {
  fprintf(stderr, "%sepoch %llu/%llu  batch %llu/%llu  ",
          p->is_terminal ? "\r\033[K" : "",
          (unsigned long long)training->epoch + 1,
          (unsigned long long)p->epochs, (unsigned long long)training->position,
          (unsigned long long)p->batches);
  tn_scores_show(scores, means, "");
  fprintf(stderr, "  %.0f examples/s", tn_progress_speed(p));
}

void tn_progress_show(tn_progress *p, const tn_training *training,
                      const tn_scores *scores, const double *means) {
  double time = now();
  p->training += time - p->last;
  p->last = time;
  ++p->steps;
  // A terminal shows a line that changes, a file one every ten seconds.
  if (time - p->shown < (p->is_terminal ? 0.2 : 10))
    return;
  p->shown = time;
  showLine(p, training, scores, means);
  double left = (double)(p->batches * p->epochs) - (double)training->steps;
  double seconds = left * (time - p->begun) / (double)p->steps;
  fprintf(stderr, "  ETA %d:%02d:%02d%s", (int)(seconds / 3600),
          (int)(seconds / 60) % 60, (int)seconds % 60,
          p->is_terminal ? "" : "\n");
  p->is_line_open = p->is_terminal;
  fflush(stderr);
}

void tn_progress_epoch(tn_progress *p, const tn_training *training,
                       const tn_scores *scores, const double *means,
                       const tn_scores *valid, const double *valid_means) {
  showLine(p, training, scores, means);
  if (valid) {
    fputs("  ", stderr);
    tn_scores_show(valid, valid_means, "valid ");
  }
  fputc('\n', stderr);
  p->is_line_open = 0;
  p->last = now();
}

void tn_progress_skip(tn_progress *p) { p->last = now(); }

void tn_progress_end(tn_progress *p) {
  if (p->is_line_open)
    fputc('\n', stderr);
  p->is_line_open = 0;
}
