//===-- Png.c - small pictures ------------------------------------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// PNG with a palette, 4 bits a pixel, its deflate stream in stored blocks: a
// picture of 100 KB and no compressor.
#include "cli/Png.h"
#include "cli/File.h"
#include "core/Message.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

//===-- Drawing ---------------------------------------------------------===//

// Rows of 5 bits, from the top.
static const struct {
  char character;
  unsigned char rows[7];
} glyphs[] = {
    // clang-format off
    {'0', {14, 17, 19, 21, 25, 17, 14}}, {'1', {4, 12, 4, 4, 4, 4, 14}},
    {'2', {14, 17, 1, 2, 4, 8, 31}},     {'3', {31, 2, 4, 2, 1, 17, 14}},
    {'4', {2, 6, 10, 18, 31, 2, 2}},     {'5', {31, 16, 30, 1, 1, 17, 14}},
    {'6', {6, 8, 16, 30, 17, 17, 14}},   {'7', {31, 1, 2, 4, 8, 8, 8}},
    {'8', {14, 17, 17, 14, 17, 17, 14}}, {'9', {14, 17, 17, 15, 1, 2, 12}},
    {'.', {0, 0, 0, 0, 0, 12, 12}},      {'-', {0, 0, 0, 31, 0, 0, 0}},
    {'+', {0, 4, 4, 31, 4, 4, 0}},       {'a', {0, 0, 14, 1, 15, 17, 15}},
    {'d', {1, 1, 13, 19, 17, 17, 15}},   {'e', {0, 0, 14, 17, 31, 16, 14}},
    {'i', {4, 0, 12, 4, 4, 4, 14}},      {'k', {16, 16, 18, 20, 24, 20, 18}},
    {'l', {12, 4, 4, 4, 4, 4, 14}},      {'n', {0, 0, 22, 25, 17, 17, 17}},
    {'o', {0, 0, 14, 17, 17, 17, 14}},   {'p', {0, 0, 30, 17, 30, 16, 16}},
    {'r', {0, 0, 22, 25, 16, 16, 16}},   {'s', {0, 0, 15, 16, 14, 1, 30}},
    {'t', {8, 8, 28, 8, 8, 9, 6}},       {'v', {0, 0, 17, 17, 17, 10, 4}},
    {'M', {17, 27, 21, 21, 17, 17, 17}},
    // clang-format on
};

void tn_draw_box(tn_canvas *canvas, int x, int y, int width, int height,
                 int color) {
  for (int v = y < 0 ? 0 : y; v < y + height && v < canvas->height; ++v)
    for (int u = x < 0 ? 0 : x; u < x + width && u < canvas->width; ++u)
      canvas->pixels[v * canvas->width + u] = (unsigned char)color;
}

void tn_draw_line(tn_canvas *canvas, double x0, double y0, double x1, double y1,
                  int color) {
  double longest = fmax(fabs(x1 - x0), fabs(y1 - y0));
  int steps = longest < 1e5 ? (int)longest + 1 : 0;
  for (int i = 0; i <= steps && steps; ++i) {
    double t = (double)i / steps;
    tn_draw_box(canvas, (int)(x0 + t * (x1 - x0)), (int)(y0 + t * (y1 - y0)), 2,
                2, color);
  }
}

void tn_draw_text(tn_canvas *canvas, int x, int y, const char *text,
                  int color) {
  for (; *text; ++text, x += TN_GLYPH_WIDTH)
    for (size_t g = 0; g < sizeof(glyphs) / sizeof(glyphs[0]); ++g)
      for (int bit = 0; glyphs[g].character == *text && bit < 35; ++bit)
        if (glyphs[g].rows[bit / 5] >> (4 - bit % 5) & 1)
          tn_draw_box(canvas, x + bit % 5 * 2, y + bit / 5 * 2, 2, 2, color);
}

//===-- Encoding --------------------------------------------------------===//

typedef struct {
  unsigned char *bytes;
  size_t size;
} buffer;

static void putBytes(buffer *b, const void *bytes, size_t size) {
  memcpy(b->bytes + b->size, bytes, size);
  b->size += size;
}

static void putNumber(buffer *b, uint32_t value) {
  unsigned char bytes[] = {(unsigned char)(value >> 24),
                           (unsigned char)(value >> 16),
                           (unsigned char)(value >> 8), (unsigned char)value};
  putBytes(b, bytes, 4);
}

static uint32_t crc32(const unsigned char *bytes, size_t size) {
  uint32_t crc = 0xffffffff;
  for (size_t i = 0; i < size; ++i) {
    crc ^= bytes[i];
    for (int bit = 0; bit < 8; ++bit)
      crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc;
}

static uint32_t adler32(const unsigned char *bytes, size_t size) {
  uint32_t a = 1, b = 0;
  for (size_t i = 0; i < size; ++i) {
    a = (a + bytes[i]) % 65521;
    b = (b + a) % 65521;
  }
  return b << 16 | a;
}

static void putChunk(buffer *b, const char *type, const void *bytes,
                     size_t size) {
  putNumber(b, (uint32_t)size);
  size_t begin = b->size;
  putBytes(b, type, 4);
  putBytes(b, bytes, size);
  putNumber(b, crc32(b->bytes + begin, b->size - begin));
}

// Rows of a filter byte (0: none) and two pixels a byte.
static void putRows(buffer *b, const tn_canvas *canvas) {
  for (int y = 0; y < canvas->height; ++y) {
    b->bytes[b->size++] = 0;
    const unsigned char *row = canvas->pixels + (size_t)y * canvas->width;
    for (int x = 0; x < canvas->width; x += 2)
      b->bytes[b->size++] = (unsigned char)(row[x] << 4 | row[x + 1]);
  }
}

// A zlib stream of stored blocks.
static void putStored(buffer *b, const buffer *content) {
  putBytes(b, "\x78\x01", 2);
  for (size_t at = 0; at < content->size;) {
    size_t left = content->size - at;
    size_t size = left < 65535 ? left : 65535;
    unsigned char head[] = {size == left, size & 0xff, size >> 8, ~size & 0xff,
                            ~size >> 8 & 0xff};
    putBytes(b, head, sizeof(head));
    putBytes(b, content->bytes + at, size);
    at += size;
  }
  putNumber(b, adler32(content->bytes, content->size));
}

tn_status tn_png_write(const char *path, const tn_canvas *canvas,
                       tn_message *message) {
  static const unsigned char palette[TN_COLORS * 3] = {
      255, 255, 255, 0,  0,   0,   221, 221, 221,
      174, 199, 232, 31, 119, 180, 255, 127, 14};
  size_t rows = (size_t)canvas->height * (canvas->width / 2 + 1);
  size_t room = rows + rows / 60000 * 5 + 1024;
  buffer content = {malloc(room), 0}, stream = {malloc(room), 0};
  buffer file = {malloc(2 * room), 0};
  tn_status status = TN_OUT_OF_MEMORY;
  if (content.bytes && stream.bytes && file.bytes) {
    putRows(&content, canvas);
    putStored(&stream, &content);
    buffer head = {(unsigned char[16]){0}, 0};
    putNumber(&head, (uint32_t)canvas->width);
    putNumber(&head, (uint32_t)canvas->height);
    putBytes(&head, "\x04\x03\x00\x00\x00", 5); // 4 bits, palette
    putBytes(&file, "\x89PNG\r\n\x1a\n", 8);
    putChunk(&file, "IHDR", head.bytes, head.size);
    putChunk(&file, "PLTE", palette, sizeof(palette));
    putChunk(&file, "IDAT", stream.bytes, stream.size);
    putChunk(&file, "IEND", "", 0);
    tn_piece piece = {file.bytes, file.size};
    status = tn_file_replace(path, &piece, 1, message);
  } else {
    tn_fail(message, status, "no memory for a picture");
  }
  free(content.bytes);
  free(stream.bytes);
  free(file.bytes);
  return status;
}
