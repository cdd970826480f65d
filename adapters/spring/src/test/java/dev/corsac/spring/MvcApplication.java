package dev.corsac.spring;

import dev.corsac.contract.Application;
import dev.corsac.contract.Manner;
import dev.corsac.contract.Reply;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import org.springframework.web.servlet.view.RedirectView;

/** The application of the contract, as a controller of Spring MVC. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@RestController
class MvcApplication {
  private static final Executor LATER =
      CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS);

  private final Application application;

  MvcApplication(Application application) {
    this.application = application;
  }

  /** Spring answers preflights before any handler; who has answers of his own gives them so. */
  @Bean
  Filter ownPreflights() {
    return (request, response, chain) -> {
      if (CorsUtils.isPreFlightRequest((HttpServletRequest) request)) {
        Reply reply = reply((HttpServletRequest) request);
        ((HttpServletResponse) response).setStatus(reply.status());
        setHeaders(reply, (HttpServletResponse) response);
        response.getWriter().write(reply.body());
      } else {
        chain.doFilter(request, response);
      }
    };
  }

  /** Every method but OPTIONS, which Spring answers itself unless a mapping names it. */
  @RequestMapping("/**")
  @Nullable Object run(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    return answer(reply(request), response);
  }

  private Reply reply(HttpServletRequest request) {
    return application.run(
        request.getMethod(),
        request.getRequestURI(),
        request.getHeader(Application.DOES),
        request.getHeader(Application.CALL));
  }

  @RequestMapping(path = "/**", method = RequestMethod.OPTIONS)
  @Nullable Object options(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    return run(request, response);
  }

  private static @Nullable Object answer(Reply reply, HttpServletResponse response)
      throws IOException {
    switch (reply.manner()) {
      case LATE -> {
        response.setStatus(reply.status());
        response.getWriter().write(reply.body());
        setHeaders(reply, response);
        return null;
      }
      case FLUSH -> {
        response.setStatus(reply.status());
        setHeaders(reply, response);
        response.flushBuffer();
        return streaming(reply);
      }
      case RESET -> {
        response.setHeader("Vary", "Accept");
        response.addHeader("Access-Control-Allow-Origin", "https://app.invalid");
        response.getWriter().write("never seen");
        response.reset();
        return entity(reply);
      }
      case ERROR -> {
        setHeaders(reply, response);
        throw new ResponseStatusException(HttpStatusCode.valueOf(reply.status()));
      }
      case REDIRECT -> {
        return new RedirectView(reply.headers().get(0).value());
      }
      case THROW -> {
        setHeaders(reply, response);
        throw new IllegalStateException("thrown on purpose");
      }
      case ASYNC, ASYNC_ERROR -> {
        DeferredResult<ResponseEntity<String>> later = new DeferredResult<>();
        LATER.execute(
            () -> {
              if (reply.manner() == Manner.ASYNC) {
                later.setResult(entity(reply));
              } else {
                later.setErrorResult(
                    new ResponseStatusException(HttpStatusCode.valueOf(reply.status())));
              }
            });
        return later;
      }
      default -> {
        return entity(reply);
      }
    }
  }

  private static StreamingResponseBody streaming(Reply reply) {
    return out -> {
      for (char c : reply.body().toCharArray()) {
        out.write(c);
        out.flush();
      }
    };
  }

  private static ResponseEntity<String> entity(Reply reply) {
    ResponseEntity.BodyBuilder entity = ResponseEntity.status(reply.status());
    reply.headers().forEach(header -> entity.header(header.name(), header.value()));
    return entity.body(reply.body());
  }

  private static void setHeaders(Reply reply, HttpServletResponse response) {
    reply.headers().forEach(header -> response.addHeader(header.name(), header.value()));
  }
}
