package dev.corsac.attacks.cases;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the cases in {@code conformance/}. */
public final class CaseFiles {
  private static final ObjectMapper JSON = new ObjectMapper();

  private CaseFiles() {}

  private record CaseFile<T>(
      @JsonProperty("$schema") String schema, String group, String about, List<T> cases) {}

  public static List<Http1Case> http1() {
    return read(
        "http1-requests", Http1Case.class, "lengths", "chunks", "heads", "targets", "sequences");
  }

  public static List<Http2Case> http2() {
    return read("http2-requests", Http2Case.class, "heads", "bodies", "frames");
  }

  public static List<UpstreamCase> upstream() {
    return read(
        "upstream-responses", UpstreamCase.class, "interim", "framing", "heads", "connections");
  }

  private static <T> List<T> read(String folder, Class<T> type, String... files) {
    var fileType = TypeFactory.defaultInstance().constructParametricType(CaseFile.class, type);
    List<T> cases = new ArrayList<>();
    for (String file : files) {
      try (InputStream in = CaseFiles.class.getResourceAsStream(folder + "/" + file + ".json")) {
        CaseFile<T> read = JSON.readValue(in, fileType);
        cases.addAll(read.cases());
      } catch (IOException e) {
        throw new UncheckedIOException(folder + "/" + file, e);
      }
    }
    return cases;
  }
}
