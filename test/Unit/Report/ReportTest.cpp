//===-- ReportTest.cpp - descriptions, profiles and pages -----------------===//
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "lib/Report/Chart.h"
#include "lib/Report/Html.h"
#include "tenon/Report/Description.h"
#include "tenon/Report/Page.h"

#include "llvm/ADT/StringExtras.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace llvm;
using namespace tenon::report;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

namespace {

/// A launch of kernel k that reads and writes arena buffers given as "[offset,
/// bytes]" pairs.
std::string launch(std::vector<std::pair<int, int>> reads,
                   std::vector<std::pair<int, int>> writes,
                   std::string nodes = "\"n\"", bool again = false) {
  auto list = [](const std::vector<std::pair<int, int>> &buffers) {
    std::string text;
    for (auto [offset, bytes] : buffers)
      text +=
          (text.empty() ? "" : ",") + ("[\"arena\"," + std::to_string(offset) +
                                       "," + std::to_string(bytes) + "]");
    return "[" + text + "]";
  };
  return R"({"kernel":"k","grid":1,"recomputed":)" +
         std::string(again ? "true" : "false") + R"(,"nodes":[)" + nodes +
         R"(],"reads":)" + list(reads) + R"(,"writes":)" + list(writes) + "}";
}

/// A description with one entry, `infer`.
std::string entry(std::vector<std::string> launches, std::string more = "") {
  std::string list;
  for (const std::string &l : launches)
    list += (list.empty() ? "" : ",") + l;
  return R"({"entries":[{"name":"infer","scratch_offset":448,)"
         R"("scratch_stride":64,"max_threads":2,"launches":[)" +
         list + "]" + more + R"(}],"kernels":[{"name":"k","config":"c",)" +
         R"("results":["tensor<16xf32>"]}]})";
}

Description parsed(StringRef text) {
  Expected<Description> d = parseDescription(text);
  if (!d) {
    ADD_FAILURE() << toString(d.takeError());
    return {};
  }
  return std::move(*d);
}

std::string page(StringRef text, StringRef name = "") {
  Subject subject;
  subject.model = "model";
  subject.cpu = "cpu";
  subject.json = text.str();
  Expected<std::string> p = writePage(subject, name);
  return p ? *p : "error: " + toString(p.takeError());
}

/// a -> b -> c, then b and c are added; c's bytes become the sum's.
std::string sum() {
  return entry({launch({}, {{0, 100}}), launch({{0, 100}}, {{128, 128}}),
                launch({{128, 128}}, {{256, 128}}),
                launch({{128, 128}, {256, 128}}, {{256, 128}})});
}

TEST(Profile, CountsRoundedBytesFromWriterToLastReader) {
  Description d = parsed(sum());
  MemoryProfile p = memoryProfile(d.entries[0]);
  EXPECT_THAT(p.live, ElementsAre(128, 256, 256, 256));
  EXPECT_EQ(p.peak, 1u);
  EXPECT_EQ(p.maxLive(), 256u);
  ASSERT_EQ(p.tensors.size(), 4u);
  EXPECT_EQ(p.tensors[1].first, 1u);
  EXPECT_EQ(p.tensors[1].last, 3u);
  EXPECT_FALSE(p.tensors[2].inPlace);
  EXPECT_TRUE(p.tensors[3].inPlace);
}

TEST(Profile, ATensorThatNobodyReadsLivesForOneLaunch) {
  Description d = parsed(entry(
      {launch({}, {{0, 64}}), launch({}, {{64, 64}}), launch({{64, 64}}, {})}));
  EXPECT_THAT(memoryProfile(d.entries[0]).live, ElementsAre(64, 64, 64));
}

TEST(Profile, BytesWrittenAnewAreAnotherTensor) {
  Description d = parsed(
      entry({launch({}, {{0, 64}}), launch({{0, 64}}, {{64, 64}}),
             launch({}, {{0, 64}}), launch({{0, 64}, {64, 64}}, {{128, 64}})}));
  MemoryProfile p = memoryProfile(d.entries[0]);
  EXPECT_THAT(p.live, ElementsAre(64, 128, 128, 192));
  EXPECT_EQ(p.tensors[0].last, 1u);
}

TEST(Profile, TheGuardReadsWhatItGuards) {
  std::vector<std::string> launches = {launch({}, {{0, 64}}),
                                       launch({}, {{64, 64}}),
                                       launch({{64, 64}}, {{128, 64}})};
  Description without = parsed(entry(launches));
  EXPECT_THAT(memoryProfile(without.entries[0]).live, ElementsAre(64, 64, 128));
  Description with = parsed(
      entry(launches, R"(,"guard":{"launch":2,"reads":[["arena",0,4]]})"));
  EXPECT_THAT(memoryProfile(with.entries[0]).live, ElementsAre(64, 128, 128));
}

TEST(Profile, AReadInsideATensorIsOfThatTensor) {
  Description d = parsed(entry({launch({}, {{0, 128}}), launch({}, {{128, 64}}),
                                launch({{64, 64}}, {{192, 64}})}));
  EXPECT_THAT(memoryProfile(d.entries[0]).live, ElementsAre(128, 192, 192));
}

TEST(Description, SaysWhatMakesNoSense) {
  auto error = [](StringRef text) {
    Expected<Description> d = parseDescription(text);
    return d ? std::string("none") : toString(d.takeError());
  };
  EXPECT_THAT(error("{"), HasSubstr("no JSON"));
  EXPECT_THAT(error("[]"), HasSubstr("no JSON object"));
  EXPECT_THAT(error(R"({"entries":{}})"), HasSubstr("'entries'"));
  EXPECT_THAT(
      error(R"({"entries":[{"launches":[{"reads":[["arena",-1,4]]}]}]})"),
      HasSubstr("'reads'"));
  EXPECT_THAT(error(R"({"entries":[{"scratch_offset":281474976710656}]})"),
              HasSubstr("'scratch_offset'"));
  EXPECT_THAT(error(R"({"entries":[{"scratch_stride":281474976710655,)"
                    R"("max_threads":3}]})"),
              HasSubstr("impossible workspace"));
  EXPECT_THAT(
      error(entry({launch({}, {})}, R"(,"certificate":{"costs":[1,2]})")),
      HasSubstr("not of these launches"));
  EXPECT_THAT(error(entry({launch({}, {})},
                          R"(,"certificate":{"store_all_live":[1,2]})")),
              HasSubstr("not of these launches"));
  EXPECT_EQ(error("{}"), "none");
}

TEST(Page, TakesEveryNameAsText) {
  std::string hostile = R"("<script>alert(1)</script>","\"'&\u0000\u001b[31m")";
  std::string p = page(entry({launch({}, {{0, 64}}, hostile)}));
  EXPECT_THAT(p, HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt;, "
                           "&quot;&#39;&amp;\xef\xbf\xbd\xef\xbf\xbd[31m"));
  EXPECT_THAT(p, Not(HasSubstr("<script>alert")));
  // Its own script is the only one, and the end of it the only end.
  EXPECT_EQ(p.find("<script"), p.rfind("<script"));
  EXPECT_EQ(p.find("</script"), p.rfind("</script"));
  EXPECT_EQ(p.find('\x1b'), std::string::npos);
}

/// Descriptions that were damaged become a page or an error.
TEST(Page, AnyNumbersAreSafe) {
  std::string whole =
      entry({launch({}, {{0, 100}}), launch({{0, 100}}, {{128, 128}}),
             launch({}, {{0, 100}}, "\"n\"", true),
             launch({{0, 100}, {128, 128}}, {{128, 128}})},
            R"(,"guard":{"launch":3,"reads":[["arena",0,4]]},"certificate":)"
            R"({"arena_budget":512,"state":64,"store_all":576,"smallest":320,)"
            R"("bound":300,"cost":30,"recompute_cost":10,"cost_bound":31,)"
            R"("recomputed":1,"work":7,"costs":[10,10,10,10],)"
            R"("store_all_live":[128,256,256,256]})");
  ASSERT_THAT(page(whole), HasSubstr("1 of 4 launches run again"));
  size_t pages = 0, errors = 0;
  for (size_t at = 0; at < whole.size(); ++at) {
    if (!isDigit(whole[at]) || isAlnum(whole[at - 1]))
      continue;
    size_t end = whole.find_first_not_of("0123456789", at);
    for (const char *other : {"0", "1", "63", "281474976710655", "-1", "1e300",
                              "null", "\"\"", "[]"}) {
      std::string text = whole;
      text.replace(at, end - at, other);
      StringRef(page(text)).starts_with("error: ") ? ++errors : ++pages;
    }
  }
  EXPECT_GT(pages, 50u);
  EXPECT_GT(errors, 50u);
}

TEST(Page, NamesOfModelAndEntryAreText) {
  Subject subject;
  subject.model = "<img src=x onerror=y>\xff";
  subject.cpu = "\"><b>";
  subject.json = R"({"entries":[{"name":"\"><i>","launches":[]}]})";
  Expected<std::string> p = writePage(subject);
  ASSERT_TRUE(bool(p));
  EXPECT_THAT(*p, HasSubstr("&lt;img src=x onerror=y&gt;\xef\xbf\xbd"));
  EXPECT_THAT(*p, HasSubstr("compiled for &quot;&gt;&lt;b&gt;"));
  EXPECT_THAT(*p, HasSubstr("<section id=\"&quot;&gt;&lt;i&gt;\""));
  EXPECT_THAT(*p, Not(HasSubstr("<i>")));
}

TEST(Page, LoadsNothing) {
  std::string p = page(sum());
  EXPECT_THAT(p, HasSubstr("default-src 'none'"));
  EXPECT_THAT(p, Not(HasSubstr("http:")));
  EXPECT_THAT(p, Not(HasSubstr("https:")));
  EXPECT_THAT(p, Not(HasSubstr(" src=")));
  EXPECT_THAT(p, Not(HasSubstr("url(")));
}

TEST(Page, ShowsThePeak) {
  std::string p = page(sum());
  EXPECT_THAT(p, HasSubstr("2 tensors are alive at launch <a "
                           "href=\"#infer-1\">1</a>"));
  // The larger first, then the one of 100 bytes: shares of 256.
  size_t large = p.find("<td class=\"n\">50 %</td>");
  size_t small = p.find("<td class=\"n\">39 %</td>");
  EXPECT_THAT(p, HasSubstr("<td class=\"plain\">16xf32</td>"));
  EXPECT_NE(large, std::string::npos);
  EXPECT_NE(small, std::string::npos);
  EXPECT_LT(large, small);
}

TEST(Page, SaysHowTheBudgetIsKept) {
  // The arena of entry() has 576 bytes.
  auto with = [](std::string storeAll, bool again) {
    return page(
        entry({launch({}, {{0, 448}}), launch({}, {{0, 448}}, "\"n\"", again)},
              R"(,"certificate":{"arena_budget":640,"store_all":)" + storeAll +
                  R"(,"cost":200,"recompute_cost":)" + (again ? "9" : "0") +
                  R"(,"recomputed":)" + (again ? "1}" : "0}")));
  };
  EXPECT_THAT(with("576", false), HasSubstr("Nothing runs again. "));
  EXPECT_THAT(with("577", false), HasSubstr("another order of launches"));
  EXPECT_THAT(with("1024", true),
              HasSubstr("of the 640 B that the budget leaves it; with "
                        "everything kept it would take 1 KiB. <strong>1 of 2 "
                        "launches run again</strong>, 4.5 % more work"));
}

TEST(Page, EntriesAreChosenAndMissed) {
  EXPECT_THAT(page(sum(), "infer"), HasSubstr("<section id=\"infer\""));
  EXPECT_EQ(page(sum(), "step"), "error: the artifact has no entry 'step'");
  EXPECT_THAT(page(entry({})), HasSubstr("No tensor of this entry"));
  EXPECT_THAT(page("{"), HasSubstr("error: the artifact's description"));
}

TEST(Page, FileOfTheOption) {
  auto file = [](StringRef option) {
    Expected<std::string> f = reportFile(option, "out/model.so");
    return f ? *f : "error: " + toString(f.takeError());
  };
  EXPECT_EQ(file("html"), "out/model.html");
  EXPECT_EQ(file("html:a:b.html"), "a:b.html");
  EXPECT_EQ(file("html:-"), "-");
  EXPECT_THAT(file("html:"), HasSubstr("takes html[:FILE]"));
  EXPECT_THAT(file("json"), HasSubstr("takes html[:FILE]"));
}

TEST(Words, Numbers) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1234567), "1,234,567");
  EXPECT_EQ(bytesText(0), "0 B");
  EXPECT_EQ(bytesText(1023), "1,023 B");
  EXPECT_EQ(bytesText(1024), "1 KiB");
  EXPECT_EQ(bytesText(1239023), "1.18 MiB");
  EXPECT_EQ(bytesText(uint64_t(100) << 30), "100 GiB");
  EXPECT_EQ(bytesText(256 << 10, 1 << 20), "0.25 MiB");
  EXPECT_EQ(bytesText(0, 1 << 20), "0 MiB");
  EXPECT_EQ(percent(0, 5), "0 %");
  EXPECT_EQ(percent(1, 0), "0 %");
  EXPECT_EQ(percent(1, 3000), "under 0.1 %");
  EXPECT_EQ(percent(1, 30), "3.3 %");
  EXPECT_EQ(percent(1, 3), "33 %");
  EXPECT_EQ(timeText(12), "12 ns");
  EXPECT_EQ(timeText(1500), "1.5 µs");
  EXPECT_EQ(timeText(2.5e9), "2.5 s");
}

TEST(Words, TicksAreRoundAndFew) {
  EXPECT_THAT(byteTicks(0), ElementsAre(0));
  EXPECT_THAT(byteTicks(5), ElementsAre(0, 1, 2, 3, 4, 5));
  EXPECT_THAT(byteTicks(1536), ElementsAre(0, 256, 512, 768, 1024, 1280, 1536));
  EXPECT_THAT(byteTicks(30 << 20), ElementsAre(0, 5 << 20, 10 << 20, 15 << 20,
                                               20 << 20, 25 << 20, 30 << 20));
  EXPECT_THAT(countTicks(5), ElementsAre(0, 1, 2, 3, 4));
  EXPECT_THAT(countTicks(60),
              ElementsAre(0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55));
  EXPECT_EQ(countTicks(1).size(), 1u);
}

} // namespace
