package dev.corsac.example.spring;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The API. Not a word in here is about CORS. */
@RestController
class Api {
  private static final int ITEMS = 42;

  record Item(int id, String name) {}

  @GetMapping("/")
  Map<String, String> hello() {
    return Map.of("message", "Hello from Spring Boot");
  }

  @GetMapping({"/data", "/api/data"})
  Map<String, Object> data() {
    return Map.of("message", "This is CORS-enabled data", "items", List.of(1, 2, 3));
  }

  @PostMapping({"/data", "/api/data"})
  @ResponseStatus(HttpStatus.CREATED)
  Map<String, Object> receive(@RequestBody Object received) {
    return Map.of("message", "Data received", "received", received);
  }

  @GetMapping("/api/items")
  ResponseEntity<List<Item>> items(
      @RequestParam(defaultValue = "0") int skip, @RequestParam(defaultValue = "10") int limit) {
    List<Item> page =
        IntStream.rangeClosed(1, ITEMS)
            .skip(skip)
            .limit(limit)
            .mapToObj(id -> new Item(id, "Item " + id))
            .toList();
    return ResponseEntity.ok().header("X-Total-Count", String.valueOf(ITEMS)).body(page);
  }

  @PostMapping("/login")
  Map<String, String> login(HttpServletRequest request) throws ServletException {
    if (request.getUserPrincipal() == null) {
      request.login("ada", "lovelace");
    }
    return Map.of("message", "Logged in");
  }

  @GetMapping("/protected")
  Map<String, String> show(Principal user) {
    return Map.of("message", "Protected data", "user", user.getName());
  }

  @GetMapping("/broken")
  void fail() {
    throw new IllegalStateException("The API broke");
  }
}
