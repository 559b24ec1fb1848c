package dev.manyfactor.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.manyfactor.formation.Surroundings;
import java.util.Map;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/// What the work costs at least: a bare handler on the HTTP server, the pool and the driver that
/// the runtime uses, with the same statements in the same messages.
///
/// It has no contract, no tokens, no deadlines, no telemetry and no log, and never answers a key
/// twice. A process of its own: `PORT`, `JDBC_URL`, `JDBC_USER`, `JDBC_PASSWORD`, `POOL_SIZE`.
public final class Floor {
  private Floor() {}

  public static void main(String[] arguments) throws Exception {
    Surroundings surroundings = Surroundings.ofProcess();
    Map<String, String> environment = surroundings.environment();
    var pool = new HikariDataSource(pool(environment));
    var server = new Server(new VirtualThreadPool(0));
    var connector = new ServerConnector(server, new HttpConnectionFactory(http()));
    connector.setHost("127.0.0.1");
    connector.setPort(Integer.parseInt(environment.getOrDefault("PORT", "0")));
    server.addConnector(connector);
    server.setHandler(new FloorHandler(new FloorStatements(pool, surroundings.clock())));
    server.start();
    server.join();
  }

  private static HikariConfig pool(Map<String, String> environment) {
    var pool = new HikariConfig();
    pool.setJdbcUrl(environment.get("JDBC_URL"));
    pool.setUsername(environment.get("JDBC_USER"));
    pool.setPassword(environment.get("JDBC_PASSWORD"));
    pool.setMaximumPoolSize(Integer.parseInt(environment.getOrDefault("POOL_SIZE", "10")));
    pool.setMinimumIdle(2); // as in the runtime, so that both start with as many
    pool.setAutoCommit(false);
    return pool;
  }

  private static HttpConfiguration http() {
    var http = new HttpConfiguration();
    http.setHttpCompliance(HttpCompliance.STRICT);
    http.setUriCompliance(UriCompliance.RFC3986);
    http.setSendServerVersion(false);
    http.setSendDateHeader(true);
    return http;
  }
}
