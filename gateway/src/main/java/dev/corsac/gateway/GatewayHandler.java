package dev.corsac.gateway;

import dev.corsac.Decision;
import dev.corsac.Reason;
import dev.corsac.gateway.connection.ClientConnection;
import dev.corsac.gateway.decision.GatewayRequest;
import dev.corsac.gateway.decision.OwnResponse;
import dev.corsac.gateway.decision.Visit;
import dev.corsac.gateway.guard.Identity;
import dev.corsac.gateway.guard.Verdict;
import dev.corsac.gateway.http.MalformedMessageException;
import dev.corsac.gateway.http.RequestGate;
import dev.corsac.gateway.http.RequestHead;
import dev.corsac.gateway.http.RequestTarget;
import dev.corsac.gateway.proxy.MaxForwards;
import dev.corsac.gateway.proxy.ProxiedRequest;
import dev.corsac.gateway.proxy.Proxy;
import dev.corsac.gateway.route.Route;
import dev.corsac.gateway.route.ServingConfig;
import dev.corsac.gateway.route.Upstream;
import dev.corsac.gateway.site.Site;
import dev.corsac.gateway.watch.Served;
import dev.corsac.gateway.watch.Watch;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes each request: finds its route, asks the policy, responds or passes it on. */
final class GatewayHandler implements Handler<HttpServerRequest> {
  private static final Logger log = LoggerFactory.getLogger("corsac");

  /**
   * An upstream's response to TRACE would show the client what the gateway and its guards have
   * added.
   */
  private static final String TRACE_REFUSED = "TRACE and TRACK do not pass.";

  private static final String PASSED = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

  private final Proxy proxy;
  private final Watch watch;
  private final Supplier<ServingConfig> current;

  GatewayHandler(Proxy proxy, Watch watch, Supplier<ServingConfig> current) {
    this.proxy = proxy;
    this.watch = watch;
    this.current = current;
  }

  @Override
  public void handle(HttpServerRequest request) {
    if (RequestGate.isShut(request.connection())) {
      return;
    }
    Served served = watch.begin(request);
    try {
      boolean room = ClientConnection.of(request).begin(request);
      ServingConfig config = current.get();
      take(RequestHead.read(request, config.proxies()), config, room, served);
    } catch (MalformedMessageException e) {
      refuseForGood(Visit.undecided(request, served), "malformed", 400, e.problem());
    } catch (RuntimeException e) {
      log.error("corsac  a defect of the gateway, please report it", e);
      if (!request.response().headWritten()) {
        new OwnResponse(proxy.vertx(), Visit.undecided(request, served))
            .text(500, "an error of the gateway itself.");
      } else {
        request.response().reset();
      }
    }
  }

  /** Answers what Netty could not read as a request. */
  void refuseUnread(HttpServerRequest request) {
    if (RequestGate.isShut(request.connection())) {
      return;
    }
    Throwable cause = request.decoderResult().cause();
    Visit visit = Visit.undecided(request, watch.begin(request));
    if (cause instanceof TooLongHttpLineException) {
      refuseForGood(visit, "target-too-long", 414, "the request target is too long.");
    } else if (cause instanceof TooLongFrameException) {
      refuseForGood(visit, "head-too-large", 431, "the request's header fields are too large.");
    } else if (cause instanceof MalformedMessageException malformed) {
      refuseForGood(visit, "malformed", 400, malformed.problem());
    } else {
      refuseForGood(visit, "malformed", 400, "the request is malformed.");
    }
  }

  private void take(RequestHead head, ServingConfig config, boolean room, Served served) {
    RequestTarget target = head.target();
    Route route = config.route(head.authority(), target.path());
    GatewayRequest corsRequest =
        new GatewayRequest(
            head.request(), target.path(), head.authority(), head.client().addressText());
    if (!config.answersTo(head.authority())) {
      Visit visit = Visit.undecided(corsRequest, served);
      refuse(
          visit,
          Reason.HOST_NOT_ALLOWED.id(),
          421,
          "this server does not answer to that name (hosts).");
      return;
    }
    served.routed(route.meters());
    if (route.ambiguous()) {
      Visit visit = Visit.undecided(corsRequest, served);
      refuse(
          visit,
          Reason.PATH_AMBIGUOUS.id(),
          400,
          "the path can be read in two ways that lead to different routes.");
      return;
    }
    Decision decision = route.cors().decide(corsRequest);
    Visit visit = Visit.decided(corsRequest, decision, served);
    if (decision instanceof Decision.Answer answer) {
      OwnResponse response = new OwnResponse(proxy.vertx(), visit);
      if (answer.status() >= 400) {
        // No page reads it; whoever looks for the fault learns which file to open.
        response.refusal(answer.status(), words(answer.reason()));
      } else {
        response.empty(answer.status(), route.options().preflightCache().orElse(null));
      }
    } else if (!room) {
      refuse(visit, "no-room", 503, "there are too many requests at the same time; try again.");
    } else {
      guard(route.guards().check(head), route, head, visit);
    }
  }

  /** The reason in words that say nothing of what is allowed instead. */
  private static String words(Reason reason) {
    return switch (reason) {
      case CROSS_SITE_WITHOUT_ORIGIN -> "a request from another site may not act here (enforce).";
      case CREDENTIALS_NOT_ALLOWED -> "this origin may not act here with credentials (enforce).";
      default -> "this origin is not allowed (allow_origins).";
    };
  }

  private void guard(Verdict verdict, Route route, RequestHead head, Visit visit) {
    if (verdict instanceof Verdict.Pending pending) {
      new Wait(head.request(), proxy.vertx(), visit.served())
          .until(pending.verdict(), later -> guard(later, route, head, visit));
    } else if (verdict instanceof Verdict.Refused refused) {
      visit.served().refusedBy(refused.guard(), refused.status(), refused.message());
      OwnResponse response = new OwnResponse(proxy.vertx(), visit);
      if (refused.challenge() != null) {
        response.with("WWW-Authenticate", refused.challenge());
      }
      response.refusal(refused.status(), refused.message());
    } else if (verdict instanceof Verdict.Admitted admitted) {
      if (route.guards().any()) {
        visit.served().admitted();
      }
      serve(route, head, visit, admitted.identity());
    }
  }

  private void serve(Route route, RequestHead head, Visit visit, Identity identity) {
    Upstream upstream = route.upstream();
    Site site = route.site();
    long maxBody = route.options().maxBody();
    if (head.method().equals("TRACE") || head.method().equals("TRACK")) {
      visit.served().refused("method-refused", 405, TRACE_REFUSED);
      new OwnResponse(proxy.vertx(), visit).with("Allow", PASSED).refusal(405, TRACE_REFUSED);
    } else if (site != null) {
      site.serve(proxy.vertx(), head.target(), visit);
    } else if (upstream == null) {
      refuse(visit, "no-upstream", 404, "no upstream for this path.");
    } else if (upstream.prefix().isLeftBy(head.target())) {
      refuse(visit, "path-outside", 400, "the path leads out of the upstream's.");
    } else if (head.framing().length() > maxBody) {
      refuse(visit, "body-too-large", 413, OwnResponse.tooLarge(maxBody));
    } else if (MaxForwards.isSpent(head)) {
      new OwnResponse(proxy.vertx(), visit).empty(204, null);
    } else {
      new ProxiedRequest(proxy, route.options(), upstream, head, visit, identity).start();
    }
  }

  private void refuse(Visit visit, String reason, int status, String message) {
    visit.served().refused(reason, status, message);
    new OwnResponse(proxy.vertx(), visit).refusal(status, message);
  }

  /** Refuses a request after which nothing on its connection can be trusted. */
  private void refuseForGood(Visit visit, String reason, int status, String message) {
    visit.served().refused(reason, status, message);
    new OwnResponse(proxy.vertx(), visit).last(status, message);
  }
}
