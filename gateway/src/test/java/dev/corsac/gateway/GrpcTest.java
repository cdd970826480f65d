package dev.corsac.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** gRPC, which needs HTTP/2 and trailers on the whole way. */
class GrpcTest {
  private static final Metadata.Key<String> TRAILER =
      Metadata.Key.of("x-trailer", Metadata.ASCII_STRING_MARSHALLER);

  private static final MethodDescriptor.Marshaller<String> TEXT =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(String value) {
          return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
          try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      };

  private static MethodDescriptor<String, String> method(
      MethodDescriptor.MethodType type, String name) {
    return MethodDescriptor.<String, String>newBuilder()
        .setType(type)
        .setFullMethodName("test.Echo/" + name)
        .setRequestMarshaller(TEXT)
        .setResponseMarshaller(TEXT)
        .build();
  }

  private static final MethodDescriptor<String, String> UNARY =
      method(MethodDescriptor.MethodType.UNARY, "Unary");
  private static final MethodDescriptor<String, String> MANY =
      method(MethodDescriptor.MethodType.SERVER_STREAMING, "Many");
  private static final MethodDescriptor<String, String> BOTH =
      method(MethodDescriptor.MethodType.BIDI_STREAMING, "Both");

  @TempDir private Path folder = Path.of("replaced by JUnit");
  private Server server = NettyServerBuilder.forPort(0).build();

  @BeforeEach
  void serve() throws IOException {
    ServerServiceDefinition service =
        ServerServiceDefinition.builder("test.Echo")
            .addMethod(
                UNARY,
                ServerCalls.<String, String>asyncUnaryCall(
                    (request, response) -> {
                      if (request.startsWith("fail")) {
                        response.onError(
                            Status.NOT_FOUND.withDescription("nothing here").asRuntimeException());
                        return;
                      }
                      response.onNext("echo " + request);
                      response.onCompleted();
                    }))
            .addMethod(
                MANY,
                ServerCalls.<String, String>asyncServerStreamingCall(
                    (request, response) -> {
                      for (int i = 0; i < 100; i++) {
                        response.onNext(request + i);
                      }
                      response.onCompleted();
                    }))
            .addMethod(
                BOTH,
                ServerCalls.<String, String>asyncBidiStreamingCall(
                    response -> {
                      // The server speaks first.
                      response.onNext("hello");
                      return new StreamObserver<>() {
                        @Override
                        public void onNext(String value) {
                          response.onNext("echo " + value);
                        }

                        @Override
                        public void onError(Throwable e) {
                          // The client has gone.
                        }

                        @Override
                        public void onCompleted() {
                          response.onCompleted();
                        }
                      };
                    }))
            .build();
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(io.grpc.ServerInterceptors.intercept(service, new Trailers()))
            .build()
            .start();
  }

  /** Adds a trailer to what every call ends with. */
  private static final class Trailers implements ServerInterceptor {
    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
      return next.startCall(
          new io.grpc.ForwardingServerCall.SimpleForwardingServerCall<Q, R>(call) {
            @Override
            public void close(Status status, Metadata trailers) {
              trailers.put(TRAILER, "told");
              super.close(status, trailers);
            }
          },
          headers);
    }
  }

  @AfterEach
  void stop() {
    server.shutdownNow();
  }

  private FileRig rig(String more) throws IOException {
    return new FileRig(
        folder,
        "upstream: http://127.0.0.1:" + server.getPort() + "\nupstream_protocol: h2\n" + more);
  }

  private static ManagedChannel channel(FileRig rig) {
    return NettyChannelBuilder.forAddress("127.0.0.1", rig.port()).usePlaintext().build();
  }

  @Test
  void calls_passWithTheirTrailers() throws Exception {
    try (FileRig rig = rig("")) {
      ManagedChannel channel = channel(rig);
      String large = "x".repeat(1_000_000);
      assertThat(ClientCalls.blockingUnaryCall(channel, UNARY, CallOptions.DEFAULT, "a"))
          .isEqualTo("echo a");
      assertThat(ClientCalls.blockingUnaryCall(channel, UNARY, CallOptions.DEFAULT, large))
          .isEqualTo("echo " + large);
      assertThatThrownBy(
              () -> ClientCalls.blockingUnaryCall(channel, UNARY, CallOptions.DEFAULT, "fail"))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              e -> {
                assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
                assertThat(e.getStatus().getDescription()).isEqualTo("nothing here");
                assertThat(e.getTrailers()).isNotNull();
                assertThat(String.valueOf(e.getTrailers())).contains("x-trailer=told");
              });
      List<String> many = new ArrayList<>();
      Iterator<String> each =
          ClientCalls.blockingServerStreamingCall(channel, MANY, CallOptions.DEFAULT, "n");
      each.forEachRemaining(many::add);
      assertThat(many).hasSize(100).endsWith("n99");
      channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void bothSidesStream_theServerFirst() throws Exception {
    try (FileRig rig = rig("")) {
      ManagedChannel channel = channel(rig);
      BlockingQueue<String> heard = new LinkedBlockingQueue<>();
      StreamObserver<String> requests =
          ClientCalls.asyncBidiStreamingCall(
              channel.newCall(BOTH, CallOptions.DEFAULT),
              new StreamObserver<String>() {
                @Override
                public void onNext(String value) {
                  heard.add(value);
                }

                @Override
                public void onError(Throwable e) {
                  heard.add(e.toString());
                }

                @Override
                public void onCompleted() {
                  heard.add("end");
                }
              });
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("hello");
      for (int i = 0; i < 3; i++) {
        requests.onNext("r" + i);
        assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("echo r" + i);
      }
      requests.onCompleted();
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("end");
      channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void guardsRefuse_inAWayThatGrpcReads() throws Exception {
    try (FileRig rig = rig("guards: { ip_allow: [192.0.2.1] }\n")) {
      ManagedChannel channel = channel(rig);
      assertThatThrownBy(
              () -> ClientCalls.blockingUnaryCall(channel, UNARY, CallOptions.DEFAULT, "a"))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED));
      channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    }
  }

  /** gRPC-Web has its trailers in the body, so a page can call a server that speaks it. */
  @Test
  void grpcWeb_passes() throws Exception {
    String policy =
        """
        cors:
          allow_origins: [https://page.example]
          allow_headers: [X-Grpc-Web, X-User-Agent, Grpc-Timeout]
          expose_headers: [Grpc-Status, Grpc-Message]
        """;
    byte[] message = frame(0, "hello");
    try (FileRig rig = new FileRig(folder, policy)) {
      rig.upstreamDoes(
          request ->
              request
                  .body()
                  .onSuccess(
                      body ->
                          request
                              .response()
                              .putHeader("Content-Type", "application/grpc-web+proto")
                              .end(body.copy().appendBytes(frame(0x80, "grpc-status: 0\r\n")))));
      Files.write(folder.resolve("call"), message);
      assertThat(
              rig.curl(
                  "/test.Echo/Unary",
                  "-X",
                  "OPTIONS",
                  "-H",
                  "Origin: " + FileRig.PAGE,
                  "-H",
                  "Access-Control-Request-Method: POST",
                  "-H",
                  "Access-Control-Request-Headers: content-type,x-grpc-web,x-user-agent"))
          .startsWith("HTTP/1.1 200")
          .containsIgnoringCase("x-grpc-web");
      for (String version : List.of("--http1.1", "--http2-prior-knowledge")) {
        assertThat(
                rig.curl(
                    "/test.Echo/Unary",
                    version,
                    "--data-binary",
                    "@call",
                    "-H",
                    "Origin: " + FileRig.PAGE,
                    "-H",
                    "Content-Type: application/grpc-web+proto",
                    "-H",
                    "X-Grpc-Web: 1"))
            .contains(" 200")
            .containsIgnoringCase("access-control-expose-headers: grpc-")
            .containsIgnoringCase("content-type: application/grpc-web+proto")
            .endsWith(
                "hello" + new String(frame(0x80, "grpc-status: 0\r\n"), StandardCharsets.UTF_8));
      }
    }
  }

  private static byte[] frame(int flags, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return Buffer.buffer()
        .appendByte((byte) flags)
        .appendInt(bytes.length)
        .appendBytes(bytes)
        .getBytes();
  }
}
