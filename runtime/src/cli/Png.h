//===-- Png.h - small pictures ----------------------------------*- C -*-===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef TENON_RUNTIME_CLI_PNG_H
#define TENON_RUNTIME_CLI_PNG_H

#include "tenon/abi.h"

enum { TN_WHITE, TN_BLACK, TN_GRAY, TN_PALE, TN_BLUE, TN_ORANGE, TN_COLORS };

// (0, 0) is the upper left corner. What lies outside is not drawn.
typedef struct tn_canvas {
  int width, height;     // width is even
  unsigned char *pixels; // TN_WHITE, ..., one byte each
} tn_canvas;

void tn_draw_box(tn_canvas *canvas, int x, int y, int width, int height,
                 int color);
// Two pixels thick.
void tn_draw_line(tn_canvas *canvas, double x0, double y0, double x1, double y1,
                  int color);
// Digits, lower case and a few signs, 12 x 14 pixels each.
void tn_draw_text(tn_canvas *canvas, int x, int y, const char *text, int color);
enum { TN_GLYPH_WIDTH = 12, TN_GLYPH_HEIGHT = 14 };

tn_status tn_png_write(const char *path, const tn_canvas *canvas,
                       tn_message *message);

#endif // TENON_RUNTIME_CLI_PNG_H
