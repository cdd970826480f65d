package dev.corsac.jaxrs;

import dev.corsac.contract.Application;
import dev.corsac.contract.Manner;
import dev.corsac.contract.Reply;
import dev.corsac.contract.Reply.Header;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The application of the contract, as a resource for every path and method. */
@Path("{path:.*}")
public final class ApplicationResource {
  private final Application application;

  ApplicationResource(Application application) {
    this.application = application;
  }

  /** GET, synchronous unless the behaviour is not. */
  @GET
  public Response get(
      @Context Request request, @Context UriInfo uri, @Context HttpHeaders headers) {
    return response(run(request, uri, headers));
  }

  /** GET of what {@link AsyncRouting} sends here. */
  @GET
  @Path("async")
  public void getAsync(
      @Context Request request,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      @Suspended AsyncResponse async) {
    Reply reply = run(request, uri, headers);
    CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS)
        .execute(
            () -> {
              if (reply.manner() == Manner.ASYNC_ERROR) {
                async.resume(new WebApplicationException(reply.status()));
              } else {
                async.resume(response(reply));
              }
            });
  }

  /** HEAD. */
  @HEAD
  public Response head(
      @Context Request request, @Context UriInfo uri, @Context HttpHeaders headers) {
    return response(run(request, uri, headers));
  }

  /** OPTIONS. */
  @OPTIONS
  public Response options(
      @Context Request request, @Context UriInfo uri, @Context HttpHeaders headers) {
    return response(run(request, uri, headers));
  }

  /** POST. */
  @POST
  public Response post(
      @Context Request request, @Context UriInfo uri, @Context HttpHeaders headers, byte[] body) {
    return response(run(request, uri, headers));
  }

  /** PUT. */
  @PUT
  public Response put(
      @Context Request request, @Context UriInfo uri, @Context HttpHeaders headers, byte[] body) {
    return response(run(request, uri, headers));
  }

  /** PATCH. */
  @PATCH
  public Response patch(
      @Context Request request, @Context UriInfo uri, @Context HttpHeaders headers, byte[] body) {
    return response(run(request, uri, headers));
  }

  /** DELETE. */
  @DELETE
  public Response delete(
      @Context Request request, @Context UriInfo uri, @Context HttpHeaders headers) {
    return response(run(request, uri, headers));
  }

  private Reply run(Request request, UriInfo uri, HttpHeaders headers) {
    return application.run(
        request.getMethod(),
        uri.getRequestUri().getPath(),
        headers.getRequestHeaders().getFirst(Application.DOES),
        headers.getRequestHeaders().getFirst(Application.CALL));
  }

  private static Response response(Reply reply) {
    if (reply.manner() == Manner.THROW) {
      throw new IllegalStateException("thrown on purpose");
    }
    Response.ResponseBuilder response = Response.status(reply.status());
    for (Header header : reply.headers()) {
      // Late is a response filter of the application.
      String prefix = reply.manner() == Manner.LATE ? LateHeaders.PREFIX : "";
      response.header(prefix + header.name(), header.value());
    }
    if (reply.manner() == Manner.ERROR) {
      throw new WebApplicationException(response.build());
    }
    if (reply.manner() == Manner.FLUSH) {
      StreamingOutput pieces =
          out -> {
            for (byte piece : reply.body().getBytes(StandardCharsets.UTF_8)) {
              out.write(piece);
              out.flush();
            }
          };
      response.entity(pieces);
    } else if (!reply.body().isEmpty()) {
      response.entity(reply.body());
    }
    return response.type(reply.body().isEmpty() ? null : MediaType.TEXT_PLAIN_TYPE).build();
  }
}
