package dev.corsac.gateway;

import dev.corsac.gateway.guard.Verdict;
import dev.corsac.gateway.http.RequestGate;
import dev.corsac.gateway.watch.Served;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A request that waits for its guard: nothing more is read of it until then. */
final class Wait {
  private final HttpServerRequest request;
  private final Context context;
  private final Served served;
  private boolean gone;

  Wait(HttpServerRequest request, Vertx vertx, Served served) {
    this.served = served;
    this.request = request;
    this.context = vertx.getOrCreateContext();
  }

  private void goes(Void end) {
    gone = true;
    served.ended();
  }

  private void read(boolean read) {
    RequestGate gate = RequestGate.of(request);
    if (gate != null) {
      gate.read(read, true);
    }
  }

  /** Goes on with the verdict, on the request's event loop, if the client is still there. */
  @SuppressWarnings("FutureReturnValueIgnored") // it is waited for by what is registered here
  void until(CompletableFuture<Verdict> verdict, Consumer<Verdict> then) {
    request.pause();
    read(false);
    request.exceptionHandler(e -> gone = true);
    request.response().exceptionHandler(e -> gone = true);
    request.response().closeHandler(this::goes);
    verdict.whenComplete(
        (known, problem) ->
            context.runOnContext(
                v -> {
                  read(true);
                  if (!gone && !request.response().closed()) {
                    then.accept(
                        known != null
                            ? known
                            : new Verdict.Refused(
                                "jwt", 503, "whether this may pass cannot be told now.", null));
                  }
                }));
  }
}
