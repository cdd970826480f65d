package dev.corsac.doctor.problem;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A server for which the doctor knows how to write a fix. */
public enum Stack {
  CORSAC("Corsac"),
  SPRING("Spring"),
  TOMCAT("Tomcat"),
  JETTY("Jetty"),
  VERTX("Vert.x"),
  EXPRESS("Express"),
  FASTAPI("FastAPI"),
  NGINX("nginx");

  private final String title;

  Stack(String title) {
    this.title = title;
  }

  /** Its name as its makers write it. */
  public String title() {
    return title;
  }

  /** Its name on the command line: {@code spring}, {@code vertx}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The stack of that {@link #id}, in any case.
   *
   * @throws IllegalArgumentException if there is none; the message lists them
   */
  public static Stack parse(String id) {
    Optional<Stack> stack =
        Arrays.stream(values()).filter(each -> each.id().equalsIgnoreCase(id)).findFirst();
    return stack.orElseThrow(
        () ->
            new IllegalArgumentException(
                "There is no stack '"
                    + id
                    + "'. Write one of "
                    + Arrays.stream(values()).map(Stack::id).collect(Collectors.joining(", "))
                    + "."));
  }
}
