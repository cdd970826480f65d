package dev.corsac.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A front end and its API on one origin. */
class SiteTest {
  private static final String FILE =
      """
      routes:
        - path: /api/**
        - path: /app/**
          site: { folder: dist }
        - path: /**
          site: { folder: dist, fallback: index.html }
      """;

  @TempDir private Path folder = Path.of("replaced by JUnit");

  @BeforeEach
  void site() throws IOException {
    put("secret.txt", "outside");
    put("dist/index.html", "<h1>home</h1>");
    put("dist/docs/index.html", "<h1>docs</h1>");
    put("dist/a b.txt", "blank");
    put("dist/empty.css", "");
    put("dist/assets/index-BxT3k9Qz.js", "hashed");
    put("dist/assets/main.0a1b2c3d.css", "hashed");
    put("dist/assets/component2.js", "plain");
    put("dist/big.bin", "x".repeat(1_000_000));
    put("dist/code.js", "code ".repeat(100));
    put("dist/code.js.gz", "gzipped");
    put("dist/code.js.br", "brotli");
    put("dist/stale.js", "new");
    put("dist/stale.js.gz", "old");
    Files.setLastModifiedTime(
        folder.resolve("dist/stale.js.gz"), FileTime.from(Instant.now().minusSeconds(3600)));
    put("dist/.env", "hidden");
    put("dist/.git/config", "hidden");
    put("dist/.well-known/security.txt", "contact");
    put("dist/x/.hidden/y.txt", "hidden");
    Files.createSymbolicLink(folder.resolve("dist/out.txt"), folder.resolve("secret.txt"));
    Files.createSymbolicLink(folder.resolve("dist/up"), folder);
    Files.createSymbolicLink(folder.resolve("dist/env.txt"), folder.resolve("dist/.env"));
    Files.createSymbolicLink(folder.resolve("dist/inside.txt"), folder.resolve("dist/a b.txt"));
    Files.createSymbolicLink(folder.resolve("dist/device"), Path.of("/dev/zero"));
  }

  private void put(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.writeString(file, text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/                            | <h1>home</h1> | text/html; charset=utf-8        | no-cache",
        "/index.html                  | <h1>home</h1> | text/html; charset=utf-8        | no-cache",
        "/docs/                       | <h1>docs</h1> | text/html; charset=utf-8        | no-cache",
        "/a%20b.txt?x=/../..          | blank         | text/plain; charset=utf-8       | no-cache",
        "/inside.txt                  | blank         | text/plain; charset=utf-8       | no-cache",
        "/.well-known/security.txt    | contact       | text/plain; charset=utf-8       | no-cache",
        "/assets/component2.js        | plain         | text/javascript; charset=utf-8  | no-cache",
        "/assets/index-BxT3k9Qz.js    | hashed        | text/javascript; charset=utf-8  | public, max-age=31536000, immutable",
        "/assets/main.0a1b2c3d.css    | hashed        | text/css; charset=utf-8         | public, max-age=31536000, immutable",
        "/app/docs/                   | <h1>docs</h1> | text/html; charset=utf-8        | no-cache",
        "/app                         | <h1>home</h1> | text/html; charset=utf-8        | no-cache",
      })
  void file_isServed(String path, String body, String type, String caching) throws Exception {
    try (FileRig rig = new FileRig(folder, FILE)) {
      for (String version : new String[] {"--http1.1", "--http2-prior-knowledge"}) {
        assertThat(rig.curl(path, version, "-H", "Origin: " + FileRig.PAGE))
            .contains(" 200")
            .endsWith("\r\n\r\n" + body)
            .containsIgnoringCase("content-type: " + type + "\r\n")
            .containsIgnoringCase("cache-control: " + caching + "\r\n")
            .containsIgnoringCase("x-content-type-options: nosniff")
            .containsIgnoringCase("access-control-allow-origin: " + FileRig.PAGE)
            .containsIgnoringCase("vary: origin");
      }
    }
  }

  @Test
  void api_isTheUpstreams() throws Exception {
    try (FileRig rig = new FileRig(folder, FILE)) {
      assertThat(rig.curl("/api/x")).contains("GET /api/x");
      assertThat(rig.curl("/apix", "-H", "Accept: */*")).startsWith("HTTP/1.1 404");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../secret.txt",
        "/docs/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/.%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/%252e%252e/secret.txt",
        "/....//secret.txt",
        "/..;/secret.txt",
        "/%c0%ae%c0%ae/secret.txt",
        "/%e0%80%ae./secret.txt",
        "/%u002e%u002e/secret.txt",
        "/out.txt",
        "/up/secret.txt",
        "/app../secret.txt",
        "/app%2e%2e/secret.txt",
        "/env.txt",
        "/device",
        "/.env",
        "/.git/config",
        "/%2egit/config",
        "/x/.hidden/y.txt",
        "//secret.txt",
        "///etc/passwd",
        "/index.html%00.js",
        "/index.html%00",
        "/index.html.",
        "/index.html%20",
        "/index.html::$DATA",
        "/INDEX~1.HTM",
        "/index.html/",
        "/index.html/..",
        "/%",
        "/%2",
        "/%zz",
        "/docs%2findex.html",
        "/file:///etc/passwd",
        "/app/../secret.txt",
        "/app/%2e%2e/secret.txt",
        "/app/..%2fsecret.txt",
        "/C:/windows/win.ini"
      })
  void nothingElseIsServed(String path) throws Exception {
    try (FileRig rig = new FileRig(folder, FILE)) {
      assertThat(rig.curl(path, "-H", "Accept: */*"))
          .containsPattern("^HTTP/1.1 40[04]")
          .doesNotContain("outside", "hidden", "root:");
      assertThat(rig.curl(path, "--http2-prior-knowledge", "-H", "Accept: */*"))
          .containsPattern("^HTTP/2 40[04]")
          .doesNotContain("outside", "hidden", "root:");
    }
  }

  @Test
  void fallback_isForPages() throws Exception {
    try (FileRig rig = new FileRig(folder, FILE)) {
      assertThat(rig.curl("/orders/7", "-H", "Accept: text/html,*/*"))
          .startsWith("HTTP/1.1 200")
          .endsWith("<h1>home</h1>")
          .containsIgnoringCase("cache-control: no-cache")
          .containsIgnoringCase("vary: Accept\r\n");
      assertThat(rig.curl("/assets/gone-BxT3k9Qz.js", "-H", "Accept: */*"))
          .startsWith("HTTP/1.1 404")
          .containsIgnoringCase("cache-control: no-store");
      assertThat(rig.curl("/app/orders", "-H", "Accept: text/html")).startsWith("HTTP/1.1 404");
    }
  }

  @Test
  void precompressed_isChosenByTheClient() throws Exception {
    try (FileRig rig = new FileRig(folder, FILE)) {
      assertThat(rig.curl("/code.js", "-H", "Accept-Encoding: gzip, deflate, br"))
          .endsWith("brotli")
          .containsIgnoringCase("content-encoding: br")
          .containsIgnoringCase("vary: Accept-Encoding")
          .containsIgnoringCase("content-type: text/javascript");
      assertThat(rig.curl("/code.js", "-H", "Accept-Encoding: gzip;q=1.0, br;q=0"))
          .endsWith("gzipped")
          .containsIgnoringCase("content-encoding: gzip");
      assertThat(rig.curl("/code.js"))
          .contains("code code")
          .containsIgnoringCase("vary: Accept-Encoding")
          .doesNotContainIgnoringCase("content-encoding");
      assertThat(rig.curl("/stale.js", "-H", "Accept-Encoding: gzip"))
          .endsWith("new")
          .doesNotContainIgnoringCase("content-encoding");
    }
  }

  @Test
  void whatAClientHas_isNotSentAgain() throws Exception {
    try (FileRig rig = new FileRig(folder, FILE)) {
      String first = rig.curl("/code.js");
      String tag = header(first, "etag");
      String date = header(first, "last-modified");
      for (String[] known :
          new String[][] {
            {"If-None-Match: " + tag},
            {"If-None-Match: \"x\", " + tag},
            {"If-None-Match: *"},
            {"If-Modified-Since: " + date},
          }) {
        assertThat(rig.curl("/code.js", "-H", known[0], "-H", "Origin: " + FileRig.PAGE))
            .as(known[0])
            .startsWith("HTTP/1.1 304")
            .containsIgnoringCase("access-control-allow-origin")
            .containsIgnoringCase("etag: ")
            .doesNotContain("code code");
      }
      assertThat(
              rig.curl(
                  "/code.js", "-H", "If-None-Match: \"x\"", "-H", "If-Modified-Since: " + date))
          .startsWith("HTTP/1.1 200");
      assertThat(rig.curl("/code.js", "-H", "If-None-Match: " + tag, "-H", "Accept-Encoding: br"))
          .as("another representation")
          .startsWith("HTTP/1.1 200");
    }
  }

  private static String header(String response, String name) {
    Matcher matcher = Pattern.compile("(?i)" + name + ": (.*)\r\n").matcher(response);
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  @Test
  void methods_andFolders() throws Exception {
    try (FileRig rig = new FileRig(folder, FILE)) {
      assertThat(rig.curl("/code.js", "-I"))
          .startsWith("HTTP/1.1 200")
          .containsIgnoringCase("content-length: 500\r\n");
      assertThat(rig.curl("/empty.css"))
          .startsWith("HTTP/1.1 200")
          .containsIgnoringCase("content-length: 0");
      assertThat(rig.curl("/docs?a=b"))
          .startsWith("HTTP/1.1 308")
          .containsIgnoringCase("location: /docs/?a=b\r\n");
      assertThat(rig.curl("/code.js", "-d", "x"))
          .startsWith("HTTP/1.1 405")
          .containsIgnoringCase("allow: GET, HEAD");
      assertThat(rig.curl("/code.js", "-X", "PUT", "-d", "x")).startsWith("HTTP/1.1 405");
      String big = rig.curl("/big.bin");
      assertThat(big.substring(big.indexOf("\r\n\r\n") + 4)).hasSize(1_000_000);
      String over2 = rig.curl("/big.bin", "--http2-prior-knowledge");
      assertThat(over2.substring(over2.indexOf("\r\n\r\n") + 4)).hasSize(1_000_000);
    }
  }

  @Test
  void folderBehindALink_isReplacedWithoutAReload() throws Exception {
    put("releases/1/index.html", "one");
    put("releases/2/index.html", "two");
    Path current = folder.resolve("current");
    Files.createSymbolicLink(current, Path.of("releases/1"));
    try (FileRig rig =
        new FileRig(folder, "routes:\n  - path: /**\n    site: { folder: current }\n")) {
      assertThat(rig.curl("/")).endsWith("one");
      Files.delete(current);
      assertThat(rig.curl("/")).startsWith("HTTP/1.1 404");
      Files.createSymbolicLink(current, Path.of("releases/2"));
      assertThat(rig.curl("/")).endsWith("two");
    }
  }

  @Test
  void guards_standBeforeAFolderToo() throws Exception {
    try (FileRig rig =
        new FileRig(
            folder,
            "routes:\n  - path: /**\n    guards: { ip_allow: [192.0.2.1] }\n    site: { folder: dist }\n")) {
      assertThat(rig.curl("/")).startsWith("HTTP/1.1 403");
    }
  }

  @Test
  void clientThatGoesAway_leavesNoOpenFile() throws Exception {
    put("dist/huge.bin", "y".repeat(20_000_000));
    try (FileRig rig = new FileRig(folder, FILE)) {
      for (int i = 0; i < 20; i++) {
        assertThat(rig.curl("/huge.bin", "--limit-rate", "1k", "--max-time", "0.3"))
            .doesNotContain("yyyyyyyyyy".repeat(500_000));
      }
      long deadline = System.nanoTime() + 20_000_000_000L;
      while (openFiles() > 0) {
        assertThat(System.nanoTime()).as("files are open still").isLessThan(deadline);
        Thread.sleep(100);
      }
    }
  }

  private long openFiles() throws IOException {
    try (var files = Files.list(Path.of("/proc/self/fd"))) {
      return files
          .filter(
              file -> {
                try {
                  return Files.readSymbolicLink(file)
                      .endsWith(folder.getFileName().resolve("dist/huge.bin"));
                } catch (IOException e) {
                  return false;
                }
              })
          .count();
    }
  }
}
