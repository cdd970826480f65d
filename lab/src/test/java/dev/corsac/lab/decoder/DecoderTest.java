package dev.corsac.lab.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.browser.Engine;
import dev.corsac.config.ConfigLoader;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecoderTest {
  private final Decoder decoder = new Decoder("http://localhost:3000");

  @Test
  void fetch_asChromiumCopiesIt() {
    JsonObject told =
        decode(
            """
            fetch("https://api.example.com/orders?day=1", {
              "headers": {
                "accept": "*/*",
                "content-type": "application/json",
                "sec-ch-ua": "\\"Chromium\\";v=\\"156\\"",
                "cache-control": "no-cache",
                "x-api-key": "k-123"
              },
              "referrer": "https://app.example.com/page",
              "body": "{\\"item\\": 7}",
              "method": "PUT",
              "mode": "cors",
              "credentials": "include"
            });
            """);
    assertThat(told.getString("kind")).isEqualTo("request");
    assertThat(told.getBoolean("preflight")).isTrue();
    assertThat(told.getString("origin")).isEqualTo("https://app.example.com");
    assertThat(told.getJsonArray("needs").encode())
        .contains(
            "Access-Control-Allow-Origin: https://app.example.com",
            "Access-Control-Allow-Credentials: true",
            "Access-Control-Allow-Methods: PUT",
            "Access-Control-Allow-Headers: content-type, x-api-key")
        .doesNotContain("cache-control");
    assertThat(told.getString("command"))
        .isEqualTo(
            "corsac doctor 'https://api.example.com/orders?day=1' --origin https://app.example.com"
                + " -X PUT -H 'accept: */*' -H 'content-type: application/json'"
                + " -H 'x-api-key: k-123' --credentials include");
    assertThat(step(told).getString("path")).isEqualTo("/orders?day=1");
    isPolicy(told);
  }

  @Test
  void fetch_asPeopleWriteIt() {
    JsonObject told =
        decode(
            """
            const response = await fetch('https://api.example.com/login', { // sign in
              method: 'post', headers: new Headers({ 'Content-Type': 'application/json', Authorization: `Bearer ${token}` }),
              body: JSON.stringify({ user: name, age: 30, list: [1, 'two'] }),
            }).then(r => r.json());
            """);
    assertThat(told.getString("summary")).isEqualTo("POST https://api.example.com/login");
    assertThat(told.getJsonArray("says").getString(0)).contains("does not say which page");
    assertThat(step(told).getJsonObject("body").getString("text"))
        .isEqualTo("{\"user\":\"name\",\"age\":30,\"list\":[1,\"two\"]}");
    assertThat(told.getJsonArray("needs").encode()).contains("authorization, content-type");
    isPolicy(told);
  }

  @Test
  void curl_forBash_andForWindows_isTheSame() {
    JsonObject bash =
        decode(
            """
            $ curl 'https://api.example.com/orders/7' \\
              -X 'DELETE' \\
              -H 'authorization: Bearer it'\\''s' -H $'x-note: a\\'b' \\
              -H 'origin: https://app.example.com' \\
              -b 'session=1' --compressed
            """);
    JsonObject windows =
        decode(
            """
            curl ^"https://api.example.com/orders/7^" ^
              -X ^"DELETE^" ^
              -H ^"authorization: Bearer it's^" -H ^"x-note: a'b^" ^
              -H ^"origin: https://app.example.com^" ^
              -b ^"session=1^"
            """
                .replace("\n", "\r\n"));
    assertThat(bash).isEqualTo(windows);
    assertThat(bash.getJsonArray("needs").encode())
        .contains("Access-Control-Allow-Methods: DELETE", "authorization, x-note");
    assertThat(step(bash).getString("credentials")).isEqualTo("include");
    isPolicy(bash);
  }

  @Test
  void curl_ofAFormula_isSimple_andOfJsonIsNot() {
    assertThat(decode("curl -d a=1 -d b=2 https://api.example.com/").getBoolean("preflight"))
        .isFalse();
    assertThat(decode("curl --json '{}' https://api.example.com/").getBoolean("preflight"))
        .isTrue();
    assertThat(decode("curl -sSI api.example.com").getString("summary"))
        .isEqualTo("HEAD http://api.example.com");
    assertThat(decode("curl -XPUT -Haccept:x https://api.example.com").getString("summary"))
        .isEqualTo("PUT https://api.example.com");
  }

  @Test
  void sameOrigin_isNoMatterOfCors_andNoCorsTellsNothing() {
    JsonObject same = decode("curl https://a.example/x -H 'Origin: https://a.example'");
    assertThat(same.getBoolean("crosses")).isFalse();
    assertThat(
            decode("fetch('https://api.example.com', {mode: 'no-cors'})")
                .getJsonArray("says")
                .encode())
        .contains("learns nothing");
  }

  @Test
  void headersOfTheBrowser_writtenByHand_areDropped() {
    JsonObject told =
        decode(
            "fetch('https://api.example.com/me', {headers: {Cookie: 'id=1', Host: 'a', 'X-Own': '2'}})");
    assertThat(told.getJsonArray("says").toString())
        .contains("The browser drops Cookie", "write credentials: 'include'", "drops Host")
        .doesNotContain("drops X-Own");
    assertThat(told.getString("policy")).contains("X-Own").doesNotContain("Cookie", "Host");
    JsonObject copied =
        decode("curl 'https://api.example.com/me' -H 'Cookie: id=1' -H 'Sec-Fetch-Mode: cors'");
    assertThat(copied.getJsonArray("says").toString()).doesNotContain("drops");
  }

  @Test
  void optionsAndResponseHeaders_amongTheHeaders_areNamed() {
    String says =
        decode(
                "fetch('https://api.example.com', {headers: {'Access-Control-Allow-Origin': '*', credentials: 'include'}})")
            .getJsonArray("says")
            .encode();
    assertThat(says)
        .contains("Access-Control-Allow-Origin is a header of responses")
        .contains("credentials stands among the headers here");
  }

  @Test
  void consoleLine_isExplained_andOthersAreNot() {
    JsonObject told =
        decode("Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.");
    assertThat(told.getJsonArray("findings").getJsonObject(0).getString("problem"))
        .isEqualTo("method-not-allowed");
    assertThat(decode("good morning").getString("kind")).isEqualTo("unknown");
  }

  @Test
  void har_isExplained_andWhatIsNoneIsNamed() {
    String har =
        """
        {"log": {"creator": {"name": "WebInspector"}, "entries": [{
          "startedDateTime": "2026-01-01T00:00:00Z", "_resourceType": "fetch",
          "request": {"method": "GET", "url": "https://api.example.com/data",
            "headers": [{"name": "Origin", "value": "https://app.example.com"}]},
          "response": {"status": 200, "headers": [{"name": "Content-Type", "value": "text/plain"}]}
        }]}}
        """;
    JsonObject told = decoder.decodeHar(har.getBytes(StandardCharsets.UTF_8));
    assertThat(told.getInteger("exchanges")).isEqualTo(1);
    assertThat(told.getJsonArray("findings").getJsonObject(0).getString("problem"))
        .isEqualTo("allow-origin-missing");
    for (String wrong : List.of("", "{}", "[1", "GIF89a")) {
      assertThat(decoder.decodeHar(wrong.getBytes(StandardCharsets.UTF_8)).getString("invalid"))
          .as(wrong)
          .startsWith("This is not a HAR");
    }
  }

  @Test
  void anything_isReadWithoutAnError() {
    List<String> pieces =
        List.of(
            "fetch(",
            "curl ",
            "'https://a.example/",
            "\"",
            "'",
            "`",
            "{",
            "}",
            "[",
            "]",
            "(",
            ")",
            ",",
            ":",
            "\\",
            "\\u12",
            "headers",
            "-H ",
            "--data ",
            "-X",
            "$'",
            "^\"",
            "\n",
            "//",
            "/*",
            "JSON.stringify(",
            "new ",
            "https://a.example:99999/",
            "https://",
            "é",
            "\u0000",
            "method: 'CONNECT'",
            "'a b': 'c'",
            "mode: 'navigate'",
            "credentials: 'x'",
            "--url=");
    Random random = new Random(7);
    for (int i = 0; i < 5000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(14); n >= 0; n--) {
        text.append(pieces.get(random.nextInt(pieces.size())));
      }
      assertThat(decode(text.toString()).getString("kind")).as(text.toString()).isNotEmpty();
    }
    assertThat(decode("fetch(" + "[".repeat(50_000)).getString("kind")).isNotEmpty();
  }

  private JsonObject decode(String text) {
    return decoder.decode(text, Engine.CHROMIUM);
  }

  private static JsonObject step(JsonObject told) {
    JsonArray steps = told.getJsonObject("experiment").getJsonArray("steps");
    return steps.getJsonObject(0);
  }

  private static void isPolicy(JsonObject told) {
    assertThat(ConfigLoader.loadPolicy("corsac.yaml", told.getString("policy")).findings())
        .isEmpty();
  }
}
