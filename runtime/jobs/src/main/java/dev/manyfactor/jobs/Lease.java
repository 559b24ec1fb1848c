package dev.manyfactor.jobs;

import dev.manyfactor.context.Context;
import dev.manyfactor.database.Database;
import dev.manyfactor.database.Read;
import dev.manyfactor.database.Write;
import dev.manyfactor.database.spi.Bracket;
import dev.manyfactor.database.spi.CallTransactions;
import dev.manyfactor.database.spi.Opening;
import dev.manyfactor.database.spi.Statement;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The transactions of one leased attempt, and the fence around its completion.
///
/// The lease's row is deleted in the opening of the one write, under the fence of this lease: if it
/// is not there, the lease was taken back and nothing of the write happens. Whoever would take it
/// back meanwhile passes over the locked row. The commit follows when the job has returned.
final class Lease implements CallTransactions, AutoCloseable {
  static final String ACKNOWLEDGE =
      "delete from manyfactor.run where id = ? and fence = ? returning id";

  private final Database database;
  private final Context context;
  private final StoredJob job;
  private final Completions completions;
  private @Nullable Bracket<List<String>> written;

  Lease(Database database, Context context, StoredJob job, Completions completions) {
    this.database = database;
    this.context = context;
    this.job = job;
    this.completions = completions;
  }

  /// Takes the lease's row away; answers one row if the lease still held.
  static Opening<List<String>> acknowledgement(StoredJob job) {
    return Opening.rows(Statement.of(ACKNOWLEDGE, job.id().value(), job.fence()), row -> "");
  }

  @Override
  public <T extends @Nullable Object> T read(Function<Read, T> work) {
    return database.read(context, work);
  }

  @Override
  public <T extends @Nullable Object> T write(Function<Write, T> work) {
    return begin().run(work);
  }

  /// Commits the effects and the completion, or the completion alone if there was no write.
  ///
  /// @throws LeaseLostException if the lease was taken back; nothing is stored
  void complete() {
    Bracket<List<String>> bracket = written;
    if (bracket == null) {
      completions.complete(job);
    } else {
      bracket.commit(Ledger.closing(job));
    }
  }

  private Bracket<List<String>> begin() {
    Bracket<List<String>> bracket = database.begin(context, acknowledgement(job));
    written = bracket;
    if (bracket.opened().isEmpty()) {
      throw new LeaseLostException(job);
    }
    return bracket;
  }

  /// Rolls back what was not committed.
  @Override
  public void close() {
    Bracket<List<String>> open = written;
    if (open != null) {
      open.close();
    }
  }
}
