package dev.serai.testkit;

import dev.serai.database.DatabaseUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between a client and a database, and can stop passing bytes without closing anything. */
public final class FrozenConnection implements AutoCloseable {

    private final DatabaseUrl target;
    private final ServerSocket door;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile boolean frozen;

    private FrozenConnection(DatabaseUrl target, ServerSocket door) {
        this.target = target;
        this.door = door;
    }

    public static FrozenConnection to(DatabaseUrl target) throws IOException {
        var between = new FrozenConnection(target, new ServerSocket(0, 10, InetAddress.getLoopbackAddress()));
        Thread.startVirtualThread(between::accept);
        return between;
    }

    /** The same database through this. */
    public DatabaseUrl url() {
        return new DatabaseUrl(
                "127.0.0.1:" + door.getLocalPort(),
                target.database(),
                target.user(),
                target.password(),
                target.parameters());
    }

    /** From now on nothing goes through. */
    public void freeze() {
        frozen = true;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                int colon = target.hosts().lastIndexOf(':');
                Socket server = new Socket(
                        target.hosts().substring(0, colon),
                        Integer.parseInt(target.hosts().substring(colon + 1)));
                open.addAll(List.of(client, server));
                Thread.startVirtualThread(() -> pass(client, server));
                Thread.startVirtualThread(() -> pass(server, client));
            }
        } catch (IOException e) {
            // the door is closed
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] bytes = new byte[8192];
        try {
            for (int n = from.getInputStream().read(bytes);
                    n >= 0;
                    n = from.getInputStream().read(bytes)) {
                if (!frozen) {
                    to.getOutputStream().write(bytes, 0, n);
                }
            }
        } catch (IOException e) {
            // one of the two is closed
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
