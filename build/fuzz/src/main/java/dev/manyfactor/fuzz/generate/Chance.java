package dev.manyfactor.fuzz.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Choices that follow from a seed and an index. For one thread.
public final class Chance {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private final RandomGenerator random;

  private Chance(RandomGenerator random) {
    this.random = random;
  }

  /// The choices of one request; those of another index have nothing to do with them.
  public static Chance of(long seed, long index) {
    var outer = new SplittableRandom(seed + GOLDEN * (index + 1));
    return new Chance(new SplittableRandom(outer.nextLong()));
  }

  /// A number from 0 to below `bound`.
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /// A number between two, both included.
  public int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  /// Any number of 64 bits.
  public long bits() {
    return random.nextLong();
  }

  /// True once in `times`.
  public boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  /// True in `percent` of a hundred cases.
  public boolean percent(int percent) {
    return random.nextInt(100) < percent;
  }

  /// One of them.
  public <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /// One of them.
  public String pickText(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /// The same in any order.
  public <T> List<T> shuffled(List<T> all) {
    var mixed = new ArrayList<>(all);
    for (int i = mixed.size() - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      T moved = mixed.get(i);
      mixed.set(i, mixed.get(other));
      mixed.set(other, moved);
    }
    return mixed;
  }

  /// Hexadecimal digits.
  public String hex(int digits) {
    var text = new StringBuilder();
    for (int i = 0; i < digits; i++) {
      text.append(Character.forDigit(random.nextInt(16), 16));
    }
    return text.toString();
  }
}
