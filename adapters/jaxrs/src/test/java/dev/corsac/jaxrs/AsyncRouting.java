package dev.corsac.jaxrs;

import dev.corsac.contract.Application;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;

/** Sends what is to be answered from another thread to the method that can. */
@PreMatching
public final class AsyncRouting implements ContainerRequestFilter {

  @Override
  public void filter(ContainerRequestContext context) {
    String does = context.getHeaders().getFirst(Application.DOES);
    if (does != null && does.contains("async")) {
      context.setRequestUri(context.getUriInfo().getBaseUri().resolve("/async/async"));
    }
  }
}
