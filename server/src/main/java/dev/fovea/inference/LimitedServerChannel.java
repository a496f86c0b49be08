package dev.fovea.inference;

import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A listening socket of gRPC's server that closes what is beyond a limit of open connections at once. */
final class LimitedServerChannel extends NioServerSocketChannel {

    private final int maxConnections;
    private final AtomicInteger open = new AtomicInteger();

    LimitedServerChannel(int maxConnections) {
        this.maxConnections = maxConnections;
    }

    @Override
    protected int doReadMessages(List<Object> accepted) throws Exception {
        int before = accepted.size();
        int read = super.doReadMessages(accepted);
        for (int i = accepted.size() - 1; i >= before; i--) {
            Channel channel = (Channel) accepted.get(i);
            if (open.incrementAndGet() > maxConnections) {
                open.decrementAndGet();
                accepted.remove(i);
                channel.unsafe().closeForcibly();
                read--;
            } else {
                var _ = channel.closeFuture().addListener(closed -> open.decrementAndGet());
            }
        }
        return Math.max(read, 0);
    }
}
