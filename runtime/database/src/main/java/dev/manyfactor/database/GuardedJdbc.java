package dev.manyfactor.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A transaction seen through plain JDBC.
///
/// Everything that is reached from the connection is wrapped too, so that no statement or result
/// leads back to the real one.
final class GuardedJdbc implements InvocationHandler {
  private static final Set<String> REFUSED =
      Set.of(
          "commit",
          "rollback",
          "abort",
          "setAutoCommit",
          "setReadOnly",
          "setTransactionIsolation",
          "setSavepoint",
          "releaseSavepoint",
          "setNetworkTimeout",
          "setSchema",
          "setCatalog",
          "setHoldability",
          "setClientInfo",
          "unwrap");
  private static final List<Class<?>> WRAPPED =
      List.of(
          CallableStatement.class,
          PreparedStatement.class,
          Statement.class,
          ResultSet.class,
          DatabaseMetaData.class);

  private final Session session;
  private final Object real;
  private final @Nullable Connection guarded; // null while this is the connection's own guard

  private GuardedJdbc(Session session, Object real, @Nullable Connection guarded) {
    this.session = session;
    this.real = real;
    this.guarded = guarded;
  }

  static Connection connection(Session session, Connection real) {
    return proxy(Connection.class, new GuardedJdbc(session, real, null));
  }

  @Override
  public @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    String name = method.getName();
    if (method.getDeclaringClass() == Object.class) {
      return method.invoke(real, arguments);
    }
    if (session.isOver()) {
      return afterwards(name);
    }
    if (REFUSED.contains(name) || (name.equals("close") && guarded == null)) {
      throw session.doom(
          new SQLException(
              name + "() is refused: the connection belongs to the transaction of the Write"));
    }
    Connection connection = guarded == null ? (Connection) proxy : guarded;
    if (name.equals("getConnection")) {
      return connection;
    }
    boolean asks = name.startsWith("execute");
    if (asks) {
      session.beforePlainJdbc(name);
    }
    Object result = call(method, arguments);
    if (asks) {
      session.afterPlainJdbc(name);
    }
    return wrapped(result, connection);
  }

  private static @Nullable Object afterwards(String name) throws SQLException {
    return switch (name) {
      case "close" -> null;
      case "isClosed" -> true;
      default -> throw new SQLException("the transaction is over; use it only inside its work");
    };
  }

  private @Nullable Object call(Method method, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException thrown) {
      if (thrown.getCause() instanceof SQLException refusal) {
        session.doom(refusal, method.getName());
        throw refusal;
      }
      throw thrown.getCause();
    }
  }

  private @Nullable Object wrapped(@Nullable Object result, Connection connection) {
    for (Class<?> type : WRAPPED) {
      if (type.isInstance(result)) {
        return proxy(type, new GuardedJdbc(session, result, connection));
      }
    }
    return result;
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(GuardedJdbc.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
