package dev.manyfactor.idempotency;

import java.util.ArrayList;
import java.util.List;

/// All orders in which the steps of several sessions can run, each session's own in their order.
final class Interleavings {
  private Interleavings() {}

  /// The orders for sessions with these numbers of steps.
  ///
  /// @param steps how many each session has
  /// @return for each order the session whose turn it is, step by step
  static List<List<Integer>> of(int... steps) {
    var orders = new ArrayList<List<Integer>>();
    extend(new ArrayList<>(), steps.clone(), orders);
    return orders;
  }

  private static void extend(List<Integer> begun, int[] left, List<List<Integer>> orders) {
    boolean isWhole = true;
    for (int session = 0; session < left.length; session++) {
      if (left[session] > 0) {
        isWhole = false;
        left[session]--;
        begun.add(session);
        extend(begun, left, orders);
        begun.removeLast();
        left[session]++;
      }
    }
    if (isWhole) {
      orders.add(List.copyOf(begun));
    }
  }
}
