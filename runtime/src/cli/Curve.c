//===-- Curve.c - the loss over the steps -------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "cli/Checkpoint.h"
#include "cli/Png.h"
#include "core/Message.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void tn_curve_add(tn_curve *curve, double loss) {
  curve->sum += loss;
  if (++curve->pending < curve->width)
    return;
  curve->points[curve->count++] = (float)(curve->sum / (double)curve->width);
  curve->sum = 0;
  curve->pending = 0;
  if (curve->count < TN_CURVE_POINTS)
    return;
  // Full: two points become one.
  for (uint32_t i = 0; i < TN_CURVE_POINTS / 2; ++i)
    curve->points[i] = (curve->points[2 * i] + curve->points[2 * i + 1]) / 2;
  curve->count /= 2;
  curve->width *= 2;
}

void tn_curve_add_valid(tn_curve *curve, uint64_t step, double loss) {
  if (curve->valid_count == TN_CURVE_POINTS) {
    for (uint32_t i = 0; i < TN_CURVE_POINTS / 2; ++i)
      curve->valid[i] = curve->valid[2 * i + 1];
    curve->valid_count /= 2;
  }
  curve->valid[curve->valid_count].step = step;
  curve->valid[curve->valid_count++].loss = loss;
}

//===-- Picture ---------------------------------------------------------===//

enum {
  WIDTH = 800,
  HEIGHT = 480,
  LEFT = 90,
  RIGHT = 30,
  TOP = 30,
  BOTTOM = 60
};

typedef struct {
  tn_canvas canvas;
  double steps, low, high; // of the axes
} plot;

static double xOf(const plot *p, double step) {
  return LEFT + step / p->steps * (WIDTH - LEFT - RIGHT);
}
static double yOf(const plot *p, double loss) {
  double share = (loss - p->low) / (p->high - p->low);
  return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
}

// The 1, 2 or 5 times a power of ten that divides a range into about `parts`.
static double niceStep(double range, int parts) {
  double unit = pow(10, floor(log10(range / parts)));
  double share = range / parts / unit;
  return unit * (share < 1.5 ? 1 : share < 3.5 ? 2 : share < 7.5 ? 5 : 10);
}

static void include(plot *p, double loss) {
  if (!isfinite(loss))
    return;
  p->low = fmin(p->low, loss);
  p->high = fmax(p->high, loss);
}

static void findRange(plot *p, const tn_curve *curve) {
  uint64_t drawn = curve->width * curve->count;
  p->low = INFINITY;
  p->high = -INFINITY;
  for (uint32_t i = 0; i < curve->count; ++i)
    include(p, curve->points[i]);
  for (uint32_t i = 0; i < curve->valid_count; ++i) {
    include(p, curve->valid[i].loss);
    drawn = curve->valid[i].step > drawn ? curve->valid[i].step : drawn;
  }
  p->steps = drawn ? (double)drawn : 1;
  if (p->low > p->high) // nothing to draw
    p->low = p->high = 0;
  if (p->low > 0 && p->low < p->high / 2)
    p->low = 0;
  if (p->high - p->low < 1e-12 * fmax(1, fabs(p->high)))
    p->high = p->low + 1;
  double step = niceStep(p->high - p->low, 6);
  p->low = floor(p->low / step) * step;
  p->high = ceil(p->high / step) * step;
}

static void drawAxes(plot *p) {
  tn_canvas *c = &p->canvas;
  char text[40];
  double step = niceStep(p->high - p->low, 6);
  int digits = step < 1 ? (int)ceil(-log10(step)) : 0;
  for (double y = p->low; y < p->high + step / 2; y += step) {
    int at = (int)yOf(p, y);
    tn_draw_box(c, LEFT, at, WIDTH - LEFT - RIGHT, 1, TN_GRAY);
    if (digits > 6 || fabs(y) >= 1e6)
      snprintf(text, sizeof(text), "%.1e", y);
    else
      snprintf(text, sizeof(text), "%.*f", digits,
               fabs(y) < step / 2 ? 0.0 : y);
    tn_draw_text(c, LEFT - 8 - TN_GLYPH_WIDTH * (int)strlen(text),
                 at - TN_GLYPH_HEIGHT / 2, text, TN_BLACK);
  }
  step = fmax(1, niceStep(p->steps, 6));
  for (double x = 0; x <= p->steps; x += step) {
    int at = (int)xOf(p, x);
    tn_draw_box(c, at, HEIGHT - BOTTOM, 1, 6, TN_BLACK);
    if (x >= 1e6)
      snprintf(text, sizeof(text), "%gM", x / 1e6);
    else if (x >= 1e4)
      snprintf(text, sizeof(text), "%gk", x / 1e3);
    else
      snprintf(text, sizeof(text), "%g", x);
    int size = TN_GLYPH_WIDTH * (int)strlen(text);
    at -= size / 2;
    tn_draw_text(c, at + size > WIDTH ? WIDTH - size : at, HEIGHT - BOTTOM + 10,
                 text, TN_BLACK);
  }
  tn_draw_box(c, LEFT, TOP, 1, HEIGHT - TOP - BOTTOM, TN_BLACK);
  tn_draw_box(c, LEFT, HEIGHT - BOTTOM, WIDTH - LEFT - RIGHT, 1, TN_BLACK);
  tn_draw_text(c, 8, 6, "loss", TN_BLACK);
  tn_draw_text(c, (WIDTH + LEFT - RIGHT) / 2 - 30, HEIGHT - 26, "steps",
               TN_BLACK);
}

// The training's points, each the mean of `window` of them, that are finite.
static void drawTraining(plot *p, const tn_curve *curve, uint32_t window,
                         int color) {
  double x0 = 0, y0 = 0, sum = 0;
  uint32_t counted = 0, drawn = 0;
  for (uint32_t i = 0; i < curve->count; ++i) {
    if (isfinite(curve->points[i])) {
      sum += curve->points[i];
      ++counted;
    }
    if ((i + 1) % window || !counted)
      continue;
    double middle = (double)i + 1 - (double)window / 2;
    double x = xOf(p, middle * (double)curve->width), y = yOf(p, sum / counted);
    tn_draw_line(&p->canvas, drawn ? x0 : x, drawn ? y0 : y, x, y, color);
    ++drawn;
    sum = 0;
    counted = 0;
    x0 = x;
    y0 = y;
  }
}

static void drawCurve(plot *p, const tn_curve *curve) {
  tn_canvas *c = &p->canvas;
  double x0 = 0, y0 = 0;
  int has_previous = 0;
  drawTraining(p, curve, 1, TN_PALE);
  drawTraining(p, curve, curve->count / 40 + 1, TN_BLUE);
  for (uint32_t i = 0; i < curve->valid_count; ++i) {
    double x = xOf(p, (double)curve->valid[i].step);
    double y = yOf(p, curve->valid[i].loss);
    if (!isfinite(curve->valid[i].loss))
      continue;
    if (has_previous)
      tn_draw_line(c, x0, y0, x, y, TN_ORANGE);
    has_previous = 1;
    tn_draw_box(c, (int)x - 3, (int)y - 3, 7, 7, TN_ORANGE);
    x0 = x;
    y0 = y;
  }
  int x = WIDTH - RIGHT - 190;
  tn_draw_line(c, x, 14, x + 20, 14, TN_BLUE);
  tn_draw_text(c, x + 26, 8, "train", TN_BLACK);
  if (curve->valid_count) {
    tn_draw_box(c, x + 103, 11, 7, 7, TN_ORANGE);
    tn_draw_text(c, x + 118, 8, "valid", TN_BLACK);
  }
}

tn_status tn_curve_write(const tn_curve *curve, const char *path,
                         tn_message *message) {
  plot p = {.canvas = {WIDTH, HEIGHT, calloc(WIDTH, HEIGHT)}};
  if (!p.canvas.pixels)
    return tn_fail(message, TN_OUT_OF_MEMORY, "no memory for a picture");
  findRange(&p, curve);
  drawAxes(&p);
  drawCurve(&p, curve);
  tn_status status = tn_png_write(path, &p.canvas, message);
  free(p.canvas.pixels);
  return status;
}
