/*===-- shapes.h - Pictures of discs, squares and triangles -----*- C -*-===*/
/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception                 */
#ifndef TENON_EXAMPLES_UNET_SHAPES_H
#define TENON_EXAMPLES_UNET_SHAPES_H

#include <math.h>
#include <stdint.h>

enum { SIDE = 64, PIXELS = SIDE * SIDE };
enum { BACKGROUND, DISC, SQUARE, TRIANGLE, CLASSES };

/* Each split has seeds of its own, so that no picture is in two of them. */
enum { TRAIN_SEED = 0, VALID_SEED = 1000000, TEST_SEED = 2000000 };

/* Splitmix64: a number in [0, 1), and the next state. */
static double draw_number(uint64_t *state) {
  uint64_t z = *state += 0x9e3779b97f4a7c15u;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
  z = (z ^ z >> 27) * 0x94d049bb133111ebu;
  return (double)((z ^ z >> 31) >> 11) * 0x1p-53;
}

/* u and v in radii from the centre, in the shape's own orientation. */
static int shape_covers(int shape, double u, double v) {
  switch (shape) {
  case DISC:
    return u * u + v * v < 1;
  case SQUARE:
    return fabs(u) < 0.8 && fabs(v) < 0.8;
  default: /* TRIANGLE, its corners on a circle of radius 1.15 */
    return v > -0.575 && 0.866 * fabs(u) + 0.5 * v < 0.575;
  }
}

/* Two to four shapes, lighter or darker than a background that is lit from one
   side, and noise on all of it. `image` is about 0..1; what lies in front is
   the label of a pixel. One picture for each seed. */
static void draw_shapes(uint64_t seed, float image[PIXELS],
                        int64_t label[PIXELS]) {
  uint64_t state = seed * 0x2545f4914f6cdd1du + 1;
  const double base = 0.35 + 0.3 * draw_number(&state);
  const double right = 0.3 * (draw_number(&state) - 0.5) / SIDE;
  const double down = 0.3 * (draw_number(&state) - 0.5) / SIDE;
  for (int i = 0; i < PIXELS; ++i) {
    const int x = i % SIDE - SIDE / 2, y = i / SIDE - SIDE / 2;
    image[i] = (float)(base + right * x + down * y);
    label[i] = BACKGROUND;
  }
  const int count = 2 + (int)(3 * draw_number(&state));
  for (int n = 0; n < count; ++n) {
    const int shape = DISC + (int)(3 * draw_number(&state));
    const double x0 = SIDE * draw_number(&state);
    const double y0 = SIDE * draw_number(&state);
    const double radius = 7 + 7 * draw_number(&state);
    const double turn = 0.4 * (draw_number(&state) - 0.5);
    const double sign = draw_number(&state) < 0.5 ? -1 : 1;
    const double shade = sign * (0.12 + 0.2 * draw_number(&state));
    const double c = cos(turn) / radius, s = sin(turn) / radius;
    for (int i = 0; i < PIXELS; ++i) {
      const double x = i % SIDE - x0, y = i / SIDE - y0;
      if (shape_covers(shape, c * x + s * y, c * y - s * x)) {
        image[i] = (float)(base + shade);
        label[i] = shape;
      }
    }
  }
  for (int i = 0; i < PIXELS; ++i) {
    const double light = draw_number(&state), dark = draw_number(&state);
    image[i] += (float)(0.15 * (light - dark));
  }
}

#endif /* TENON_EXAMPLES_UNET_SHAPES_H */
