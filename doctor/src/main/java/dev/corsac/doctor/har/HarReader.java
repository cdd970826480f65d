package dev.corsac.doctor.har;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.corsac.browser.Header;
import dev.corsac.browser.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Reads a HAR as a stream: bodies are passed over, whatever their size. What is missing or of
 * another type than it should be is as if it were empty.
 * http://www.softwareishard.com/blog/har-12-spec/.
 */
final class HarReader {
  static final int MOST_ENTRIES = 100_000;
  private static final int MOST_HEADERS = 500;
  private static final int LONGEST_STRING = 1 << 20;
  private static final int LONGEST_VALUE = 8 * 1024;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(LONGEST_STRING)
                  .maxNestingDepth(500)
                  .build())
          .build();

  private final JsonParser json;
  private final List<HarEntry> entries = new ArrayList<>();
  private final Map<String, String> pages = new HashMap<>();
  private String creator = "";
  private boolean hasEntries;

  private HarReader(JsonParser json) {
    this.json = json;
  }

  static Har read(InputStream in) throws IOException {
    try (JsonParser json = JSON.createParser(in)) {
      HarReader reader = new HarReader(json);
      try {
        reader.readDocument();
      } catch (JsonProcessingException e) {
        throw reader.invalid(
            e.getOriginalMessage(),
            Objects.requireNonNullElse(e.getLocation(), json.currentLocation()));
      }
      return new Har(reader.creator, Map.copyOf(reader.pages), List.copyOf(reader.entries));
    }
  }

  private InvalidHarException invalid(String problem, JsonLocation where) {
    return new InvalidHarException(
        "This is not a HAR: line "
            + where.getLineNr()
            + ", column "
            + where.getColumnNr()
            + ": "
            + problem.lines().findFirst().orElse("")
            + ". Save one from the network panel of the browser's developer tools.");
  }

  private void readDocument() throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw invalid("it does not begin with {", json.currentLocation());
    }
    fields(
        name -> {
          if (name.equals("log")) {
            fields(this::readLog);
          } else {
            json.skipChildren();
          }
        });
    if (!hasEntries) {
      throw invalid("there is no list log.entries", json.currentLocation());
    }
  }

  private void readLog(String name) throws IOException {
    switch (name) {
      case "creator" ->
          fields(
              field -> {
                if (field.equals("name")) {
                  creator = text();
                } else {
                  json.skipChildren();
                }
              });
      case "pages" -> items(this::readPage);
      case "entries" -> {
        hasEntries |= json.currentToken() == JsonToken.START_ARRAY;
        items(this::readEntry);
      }
      default -> json.skipChildren();
    }
  }

  private void readPage() throws IOException {
    String[] page = {"", ""};
    fields(
        name -> {
          switch (name) {
            case "id" -> page[0] = text();
            case "title" -> page[1] = text();
            default -> json.skipChildren();
          }
        });
    if (pages.size() < MOST_ENTRIES) {
      pages.put(page[0], page[1]);
    }
  }

  private void readEntry() throws IOException {
    if (entries.size() == MOST_ENTRIES) {
      throw new InvalidHarException(
          "This HAR has more than "
              + MOST_ENTRIES
              + " entries. Record only the load of the page that fails.");
    }
    Draft draft = new Draft();
    fields(
        name -> {
          switch (name) {
            case "pageref" -> draft.page = text();
            case "request" -> fields(field -> readRequest(draft, field));
            case "response" -> fields(field -> readResponse(draft, field));
            case "_resourceType" -> draft.type = text();
            case "_error" -> draft.error = text();
            case "_fromCache" -> draft.cache = text();
            case "_initiator" -> fields(field -> readInitiator(draft, field));
            default -> json.skipChildren();
          }
        });
    entries.add(draft.entry(entries.size()));
  }

  private void readInitiator(Draft draft, String name) throws IOException {
    switch (name) {
      case "url" -> draft.initiator = text();
      case "stack" ->
          fields(
              field -> {
                if (field.equals("callFrames")) {
                  items(() -> fields(part -> readFrame(draft, part)));
                } else {
                  json.skipChildren();
                }
              });
      default -> json.skipChildren();
    }
  }

  private void readFrame(Draft draft, String name) throws IOException {
    if (name.equals("url") && draft.initiator.isEmpty()) {
      draft.initiator = text();
    } else {
      json.skipChildren();
    }
  }

  private void readRequest(Draft draft, String name) throws IOException {
    switch (name) {
      case "method" -> draft.method = text();
      case "url" -> draft.url = text();
      case "headers" -> items(() -> readHeader(draft.request));
      case "cookies" ->
          items(
              () -> {
                draft.hasCookies = true;
                json.skipChildren();
              });
      case "postData" ->
          fields(
              field -> {
                if (field.equals("mimeType")) {
                  draft.contentType = text();
                } else {
                  json.skipChildren();
                }
              });
      default -> json.skipChildren();
    }
  }

  private void readResponse(Draft draft, String name) throws IOException {
    switch (name) {
      case "status" ->
          draft.status = json.currentToken() == JsonToken.VALUE_NUMBER_INT ? status() : 0;
      case "headers" -> items(() -> readHeader(draft.response));
      case "_error", "_failureText" -> draft.error = text();
      case "_fetchedViaServiceWorker" ->
          draft.ofServiceWorker = json.currentToken() == JsonToken.VALUE_TRUE;
      default -> json.skipChildren();
    }
  }

  private int status() throws IOException {
    // A number of any length.
    String digits = json.getText();
    return digits.length() > 3 ? 0 : Math.max(0, Integer.parseInt(digits));
  }

  private void readHeader(List<Header> headers) throws IOException {
    String[] header = {"", ""};
    fields(
        name -> {
          switch (name) {
            case "name" -> header[0] = text();
            case "value" -> header[1] = text();
            default -> json.skipChildren();
          }
        });
    if (header[0].isEmpty() || headers.size() == MOST_HEADERS) {
      return;
    }
    // Chromium and Firefox write the lines of a repeated header as one value.
    for (String line : header[1].split("\n", MOST_HEADERS)) {
      String value = line.strip();
      headers.add(
          new Header(
              header[0],
              value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) : value));
    }
  }

  private String text() throws IOException {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      return json.getText();
    }
    json.skipChildren();
    return "";
  }

  /** Does something with the value of each field if the present value is an object. */
  private void fields(Action<String> action) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() != JsonToken.END_OBJECT) {
      requireNotEnded();
      String name = json.currentName();
      json.nextToken();
      action.on(name == null ? "" : name);
    }
  }

  private void items(Step step) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      requireNotEnded();
      step.run();
    }
  }

  private void requireNotEnded() throws IOException {
    if (json.currentToken() == null) {
      throw invalid("it ends in the middle", json.currentLocation());
    }
  }

  @FunctionalInterface
  private interface Action<T> {
    void on(T value) throws IOException;
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  /** An entry while it is read. */
  private static final class Draft {
    private final List<Header> request = new ArrayList<>();
    private final List<Header> response = new ArrayList<>();
    private String page = "";
    private String method = "";
    private String url = "";
    private String contentType = "";
    private String error = "";
    private String type = "";
    private String cache = "";
    private String initiator = "";
    private boolean hasCookies;
    private boolean ofServiceWorker;
    private int status;

    HarEntry entry(int index) {
      return new HarEntry(
          index,
          page,
          method,
          url,
          Headers.of(request),
          hasCookies,
          contentType,
          status,
          Headers.of(response),
          error,
          type,
          cache,
          initiator,
          ofServiceWorker);
    }
  }
}
