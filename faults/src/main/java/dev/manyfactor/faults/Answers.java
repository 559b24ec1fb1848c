package dev.manyfactor.faults;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Which messages of a session the server still has to answer, in order. Safe on two threads.
///
/// An error makes the server skip what follows up to a SYNC, so that nothing of it is answered.
final class Answers {
  private final Deque<Answer> due = new ArrayDeque<>();
  private boolean skips;
  private boolean over;

  /// Adds what will be said to a message that is about to be passed on.
  synchronized Answer expect(PostgresMessage.Kind kind, Answer.Course course) {
    var answer = new Answer(kind, course);
    if (over || !kind.isAnswered() || (skips && kind.isExtended())) {
      answer.arrive();
    } else {
      due.add(answer);
    }
    return answer;
  }

  /// The last answer that is due; when it is there, nothing is.
  synchronized Optional<Answer> last() {
    return Optional.ofNullable(due.peekLast());
  }

  /// Which answer a message of the server belongs to.
  synchronized Optional<Answer> owner(byte type) {
    return isAsynchronous(type) ? Optional.empty() : Optional.ofNullable(due.peekFirst());
  }

  /// The answers that are complete with a message of the server, once it has been dealt with.
  synchronized List<Answer> completed(byte type) {
    List<Answer> complete = new ArrayList<>();
    Answer first = due.peekFirst();
    if (first == null || isAsynchronous(type)) {
      return complete;
    }
    if (type == 'E' && first.to().isExtended()) {
      skips = true;
      while (!due.isEmpty() && due.getFirst().to().isExtended()) {
        complete.add(due.removeFirst());
      }
    } else if (isLast(type, first.to())) {
      skips = skips && type != 'Z';
      complete.add(due.removeFirst());
    } else if (type == 'G' || type == 'W') {
      complete.add(first); // the rest comes after what the client copies
    }
    return complete;
  }

  private static boolean isAsynchronous(byte type) {
    return type == 'N' || type == 'A' || type == 'S';
  }

  private static boolean isLast(byte type, PostgresMessage.Kind to) {
    return switch (to) {
      case STARTUP, PASSWORD -> type == 'R' || type == 'E';
      case PARSE -> type == '1';
      case BIND -> type == '2';
      case CLOSE -> type == '3';
      case DESCRIBE -> type == 'T' || type == 'n';
      case EXECUTE -> type == 'C' || type == 'I' || type == 's';
      case QUERY, SYNC, FUNCTION_CALL -> type == 'Z';
      case FLUSH, COPY_DATA, COPY_DONE, COPY_FAIL, TERMINATE, OTHER -> true;
    };
  }

  /// Nothing more will come: whoever waits goes on.
  synchronized void end() {
    over = true;
    due.forEach(Answer::arrive);
    due.clear();
  }
}
