package dev.corsac.attacks.fuzz;

import java.util.List;
import java.util.Random;

/** Puts requests together out of parts that are right, and of some that are not. */
final class RequestGrammar {
  private static final List<String> METHODS =
      List.of("GET", "GET", "POST", "POST", "PUT", "HEAD", "DELETE", "OPTIONS", "PATCH");
  private static final List<String> TARGETS =
      List.of("${path}", "${path}", "${path}?a=b", "http://a.example${path}", "${path}/%2e%2e");
  private static final List<String> LENGTHS =
      List.of(
          "Content-Length: ${length}",
          "content-length:${length}",
          "Content-Length: 0${length}",
          "Content-Length: ${length}\r\nContent-Length: ${length}",
          "Transfer-Encoding: chunked",
          "transfer-encoding: Chunked",
          "Transfer-Encoding: chunked\r\nContent-Length: ${length}",
          "Content-Length: 0\r\nTransfer-Encoding: chunked",
          "Transfer-Encoding: gzip, chunked",
          "Transfer-Encoding: identity",
          "X: y");
  private static final List<String> OTHERS =
      List.of(
          "Connection: keep-alive",
          "Connection: close",
          "Expect: 100-continue",
          "Upgrade: websocket\r\nConnection: upgrade",
          "Origin: https://page.example",
          "Origin: https://other.example",
          "Access-Control-Request-Method: PUT",
          "X-Fold: a\r\n b",
          "TE: trailers",
          "Accept: */*");
  private static final List<String> CONTENTS =
      List.of(
          "", "hello", "0\r\n\r\n", "GET /smuggled/${name} HTTP/1.1\r\nHost: a.example\r\n\r\n");

  private RequestGrammar() {}

  /** One to three requests in a row. */
  static String of(Random random) {
    StringBuilder bytes = new StringBuilder();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      bytes.append(request(random));
    }
    return bytes.toString();
  }

  private static String request(Random random) {
    String content = one(CONTENTS, random);
    String lengths = one(LENGTHS, random);
    int length = content.replace("${name}", "n123456789012345").length();
    StringBuilder bytes = new StringBuilder();
    bytes.append(one(METHODS, random)).append(' ').append(one(TARGETS, random));
    bytes.append(random.nextInt(5) == 0 ? " HTTP/1.0\r\n" : " HTTP/1.1\r\n");
    bytes.append("Host: a.example\r\n");
    for (int i = random.nextInt(3); i > 0; i--) {
      bytes.append(one(OTHERS, random)).append("\r\n");
    }
    bytes.append(lengths.replace("${length}", Integer.toString(length))).append("\r\n\r\n");
    boolean chunked = lengths.contains("hunked");
    return bytes.append(chunked ? chunks(content, length, random) : content).toString();
  }

  private static String chunks(String content, int length, Random random) {
    String extension = random.nextInt(4) == 0 ? ";a=b" : "";
    String trailer = random.nextInt(4) == 0 ? "X-T: 1\r\n" : "";
    String chunk =
        length == 0 ? "" : Integer.toHexString(length) + extension + "\r\n" + content + "\r\n";
    return chunk + "0\r\n" + trailer + "\r\n";
  }

  private static String one(List<String> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }
}
