package dev.corsac.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cookies beyond what was recorded: see the families {@code cookie*} of the recordings. */
class CookiesTest {
  private static final String URL = "https://a.shop.example.co.uk/x/y";

  private final List<String> sent = new ArrayList<>();
  private final Transport transport =
      request -> {
        sent.add(String.valueOf(request.header("Cookie")));
        return WireResponse.of(200);
      };

  private String sentWith(Browser browser, String url) {
    Page page = Page.of("https://a.shop.example.co.uk");
    browser.load(page, PageRequest.fetch(url).credentials(CredentialsMode.INCLUDE));
    return sent.get(sent.size() - 1);
  }

  @Test
  void publicSuffixesAreThoseOfTheFunction() {
    Browser lastTwoLabels = Browser.standard(transport);
    Browser knowsList =
        Browser.builder(Engine.STANDARD, transport)
            .registrableDomain(CookiesTest::withThreeLabels)
            .build();
    for (Browser browser : List.of(lastTwoLabels, knowsList)) {
      browser.cookies().set(URL, "tld=1; Path=/; Domain=uk");
      browser.cookies().set(URL, "suffix=1; Path=/; Domain=co.uk");
      browser.cookies().set(URL, "site=1; Path=/; Domain=example.co.uk");
    }
    assertThat(sentWith(lastTwoLabels, URL)).isEqualTo("suffix=1; site=1");
    assertThat(sentWith(knowsList, URL)).isEqualTo("site=1");
  }

  private static String withThreeLabels(String host) {
    String[] labels = host.split("\\.", -1);
    return labels.length <= 3
        ? host
        : String.join(".", List.of(labels).subList(labels.length - 3, labels.length));
  }

  @Test
  void olderCookieStaysBeforeAYoungerOneWhenItsValueChanges() {
    Browser browser = Browser.standard(transport);
    browser.cookies().set(URL, "a=1");
    browser.cookies().set(URL, "b=1");
    browser.cookies().set(URL, "root=1; Path=/");
    browser.cookies().set(URL, "a=2");
    assertThat(sentWith(browser, URL)).isEqualTo("a=2; b=1; root=1");
  }

  @Test
  void partitionedCookieStaysWithItsSite() {
    Browser browser = Browser.chromium(transport);
    browser.cookies().set(URL, "p=1; Path=/; Secure; SameSite=None; Partitioned");
    assertThat(sentWith(browser, URL)).isEqualTo("p=1");
    browser.load(
        Page.of("https://other.test"), PageRequest.fetch(URL).credentials(CredentialsMode.INCLUDE));
    assertThat(sent).last().isEqualTo("null");
  }

  @ParameterizedTest
  @CsvSource({
    "'Sun, 06 Nov 1994 08:49:37 GMT', 1994-11-06T08:49:37Z",
    "'Sunday, 06-Nov-94 08:49:37 GMT', 1994-11-06T08:49:37Z",
    "'Sun Nov  6 08:49:37 1994', 1994-11-06T08:49:37Z",
    "'6 November 2094 8:9:7', 2094-11-06T08:09:07Z",
    "'1 jan 69 00:00:00', 2069-01-01T00:00:00Z",
    "'1 jan 70 00:00:00', 1970-01-01T00:00:00Z",
    "'31 feb 2000 00:00:00',",
    "'1 jan 1600 00:00:00',",
    "'1 jan 2000 24:00:00',",
    "'1 jan 2000 00:00',",
    "'tomorrow',"
  })
  void dateIsReadAsRfc6265Says(String text, Instant date) {
    assertThat(CookieDate.parse(text)).isEqualTo(date);
  }

  @Property(tries = 2000)
  void noSetCookieThrows(@ForAll("setCookies") String text) {
    for (Engine engine : Engine.values()) {
      Browser browser = Browser.builder(engine, transport).build();
      browser.cookies().set(URL, text);
      assertThat(sentWith(browser, URL)).doesNotContain("\n", "\0", ";;");
    }
  }

  @Provide
  Arbitrary<String> setCookies() {
    return Pieces.of(
        "a",
        "=",
        ";",
        " ",
        "\t",
        "\0",
        "\n",
        ",",
        "__Host-",
        "__Secure-",
        "Secure",
        "HttpOnly",
        "SameSite=",
        "None",
        "Path=",
        "/",
        "/x",
        "Domain=",
        ".",
        "co.uk",
        "a.shop.example.co.uk",
        "Max-Age=",
        "-",
        "0",
        "99999999999999999999",
        "Expires=",
        "1 Jan 2030 00:00:00",
        "Partitioned");
  }
}
