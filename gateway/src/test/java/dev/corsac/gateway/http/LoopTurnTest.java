package dev.corsac.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LoopTurnTest {
  @Test
  void oneThatFails_leavesNoneOut() throws Exception {
    EventExecutor loop = new DefaultEventExecutor();
    List<String> done = new CopyOnWriteArrayList<>();
    CountDownLatch last = new CountDownLatch(1);
    loop.execute(
        () -> {
          LoopTurn.atEnd(loop, () -> done.add("first"));
          LoopTurn.atEnd(
              loop,
              () -> {
                throw new IllegalStateException("of this test");
              });
          LoopTurn.atEnd(loop, () -> done.add("second"));
          LoopTurn.atEnd(loop, last::countDown);
          done.add("turn");
        });
    assertThat(last.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(done).containsExactly("turn", "first", "second");
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
  }
}
