package dev.manyfactor.faults;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/// The two ways through a session with PostgreSQL: what the client sends, and what it is answered.
final class PostgresPipe {
  private static final int BUFFER = 16 * 1024;
  private static final int MOST_HELD = 1024 * 1024;

  private final Socket client;
  private final Socket server;
  private final DataInputStream fromClient;
  private final DataInputStream fromServer;
  private final OutputStream toClient;
  private final OutputStream toServer;
  private final Function<PostgresMessage, Optional<Watch.Struck>> counter;
  private final Answers answers = new Answers();
  private final PreparedTexts texts = new PreparedTexts();
  private final AtomicBoolean cut = new AtomicBoolean();
  private volatile PostgresSession session;

  /// @param fromClient its first message has been read
  /// @param counter told of every message, before it is passed on
  PostgresPipe(
      PostgresSession session,
      Ends ends,
      DataInputStream fromClient,
      Function<PostgresMessage, Optional<Watch.Struck>> counter)
      throws IOException {
    this.session = session;
    this.client = ends.client();
    this.server = ends.server();
    this.fromClient = fromClient;
    this.fromServer = Ends.input(server);
    this.toClient = new BufferedOutputStream(client.getOutputStream(), BUFFER);
    this.toServer = new BufferedOutputStream(server.getOutputStream(), BUFFER);
    this.counter = counter;
  }

  PostgresSession session() {
    return session;
  }

  /// Passes on what the client sends until it ends, beginning with its first message.
  void forth(Frame startup) {
    try {
      send(startup, PostgresMessage.Kind.STARTUP);
      while (!cut.get()) {
        if (fromClient.available() == 0) {
          toServer.flush();
        }
        Frame frame = Frame.read(fromClient);
        send(frame, PostgresMessage.Kind.of(frame.type()));
      }
    } catch (IOException gone) {
      Ends.endOutput(server); // the client has gone, or the server has: then its last words count
    } catch (InterruptedException closing) {
      cut();
    }
  }

  private void send(Frame frame, PostgresMessage.Kind kind)
      throws IOException, InterruptedException {
    var message = new PostgresMessage(0, 0, kind, texts.of(kind, frame), session);
    Optional<Watch.Struck> struck = counter.apply(message);
    if (struck.isPresent()) {
      strike(struck.get(), frame);
    } else {
      pass(frame, kind, Answer.Course.PASSES);
    }
  }

  private Answer pass(Frame frame, PostgresMessage.Kind kind, Answer.Course course)
      throws IOException {
    Answer answer = answers.expect(kind, course);
    frame.write(fromClient, toServer);
    return answer;
  }

  private void strike(Watch.Struck struck, Frame frame) throws IOException, InterruptedException {
    PostgresMessage.Kind kind = struck.message().kind();
    switch (struck.strike().moment()) {
      case BEFORE -> {
        switch (done(struck, settle())) {
          case GO_ON -> pass(frame, kind, Answer.Course.PASSES);
          case LOSE -> frame.write(fromClient, OutputStream.nullOutputStream());
          case CUT -> cut();
        }
      }
      case ANSWER_HELD -> {
        Answer answer = pass(frame, kind, Answer.Course.IS_HELD);
        Sequel sequel = Sequel.CUT;
        try {
          sequel = done(struck, settle() && answer.isThere());
        } finally {
          answer.follow(sequel);
          cutIf(sequel);
        }
      }
      case AFTER -> {
        Answer answer = pass(frame, kind, Answer.Course.IS_AWAITED);
        cutIf(done(struck, settle() && answer.isThere()));
      }
    }
  }

  private Sequel done(Watch.Struck struck, boolean settled) throws InterruptedException {
    try {
      return struck.carryOut(settled);
    } catch (RuntimeException failure) {
      return Sequel.CUT;
    }
  }

  /// Makes the server carry out what it has got, and says whether it has.
  private boolean settle() throws IOException, InterruptedException {
    Optional<Answer> last = answers.last();
    if (last.isPresent() && last.get().to().isExtended()) {
      Frame.empty('H').write(fromClient, toServer);
    }
    toServer.flush();
    return last.isEmpty() || last.get().isThere();
  }

  /// Passes back what the server answers until it ends.
  void back() {
    try {
      while (!cut.get()) {
        if (fromServer.available() == 0) {
          toClient.flush();
        }
        answer(Frame.read(fromServer));
      }
    } catch (IOException gone) {
      flush();
      Ends.endOutput(client);
    } finally {
      answers.end();
    }
  }

  private void answer(Frame frame) throws IOException {
    if (frame.type() == 'K') {
      session = new PostgresSession(session.number(), session.application(), frame.number(0));
    }
    Optional<Answer> owner = answers.owner(frame.type());
    frame.write(fromServer, owner.map(this::sink).orElse(toClient));
    List<Answer> complete = answers.completed(frame.type());
    if (owner.isPresent() && isToWait(owner.get(), complete)) {
      toClient.flush();
      owner.get().arrive();
      if (owner.get().decided() == Answer.Course.PASSES) {
        owner.get().held().writeTo(toClient);
      }
    }
    if (complete.stream().anyMatch(answer -> answer.course() != Answer.Course.PASSES)) {
      toClient.flush(); // somebody goes on only once the client has it
    }
    complete.forEach(Answer::arrive);
  }

  private OutputStream sink(Answer answer) {
    return switch (answer.course()) {
      case PASSES, IS_AWAITED -> toClient;
      case IS_HELD -> answer.held();
      case IS_LOST -> OutputStream.nullOutputStream();
    };
  }

  private static boolean isToWait(Answer answer, List<Answer> complete) {
    return answer.course() == Answer.Course.IS_HELD
        && (complete.contains(answer) || answer.held().size() > MOST_HELD);
  }

  private void flush() {
    try {
      toClient.flush();
    } catch (IOException gone) {
      Ends.reset(server);
    }
  }

  private void cutIf(Sequel sequel) {
    if (sequel == Sequel.CUT) {
      cut();
    }
  }

  /// Resets both ends.
  void cut() {
    cut.set(true);
    Ends.reset(client);
    Ends.reset(server);
  }
}
