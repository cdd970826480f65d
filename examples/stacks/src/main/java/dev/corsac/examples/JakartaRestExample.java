package dev.corsac.examples;

import dev.corsac.CorsPolicy;
import dev.corsac.examples.Api.Answer;
import dev.corsac.jaxrs.CorsFeature;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;
import org.jspecify.annotations.Nullable;

/** The API in Jakarta REST, on Jersey and Grizzly. */
@Path("/")
@Singleton
public final class JakartaRestExample {
  private final Api api = new Api();

  /** For Jersey. */
  public JakartaRestExample() {}

  static Running start(CorsPolicy policy, int port) {
    ResourceConfig resourceConfig = new ResourceConfig();
    resourceConfig.property(ServerProperties.WADL_FEATURE_DISABLE, true);
    resourceConfig.register(new CorsFeature(policy));
    resourceConfig.register(JakartaRestExample.class);
    HttpServer server =
        GrizzlyHttpServerFactory.createHttpServer(
            URI.create("http://127.0.0.1:" + port), resourceConfig);
    return new Running(
        server.getListeners().iterator().next().getPort(), () -> server.shutdownNow());
  }

  /** The data. */
  @GET
  @Path("api/data")
  public Response data() {
    return response(api.data());
  }

  /** Takes data. */
  @POST
  @Path("api/data")
  public Response receive(String body) {
    return response(api.receive(body));
  }

  /** The first page of the items. */
  @GET
  @Path("api/items")
  public Response items() {
    return response(api.items());
  }

  /** Sets the cookie. */
  @POST
  @Path("login")
  public Response login() {
    return response(api.login());
  }

  /** Needs the cookie. */
  @GET
  @Path("protected")
  public Response showProtected(@HeaderParam("Cookie") @Nullable String cookies) {
    return response(api.showProtected(cookies));
  }

  private static Response response(Answer answer) {
    Response.ResponseBuilder response = Response.status(answer.status());
    answer.headers().forEach(response::header);
    return response.type(MediaType.APPLICATION_JSON_TYPE).entity(answer.body()).build();
  }
}
