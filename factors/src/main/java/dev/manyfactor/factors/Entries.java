package dev.manyfactor.factors;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/// A file of keys and values, in its order, with what [Properties] alone would pass over.
///
/// @param file its name, for messages
/// @param values by key, in the order of the file
/// @param problems keys that are there twice or have no value
record Entries(String file, Map<String, String> values, List<String> problems) {
  /// Reads the bytes of such a file, which are UTF-8.
  ///
  /// @throws IllegalStateException when they are not such a file
  static Entries of(String file, byte[] bytes) {
    var entries = new Entries(file, new LinkedHashMap<>(), new ArrayList<>());
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      entries.new Recorder().load(new StringReader(text.toString()));
      return entries;
    } catch (CharacterCodingException foreign) {
      throw new IllegalStateException(file + " is not UTF-8; save it as UTF-8", foreign);
    } catch (IOException | IllegalArgumentException malformed) {
      throw new IllegalStateException(file + " is malformed: " + malformed.getMessage(), malformed);
    }
  }

  private void add(String key, String value) {
    if (value.isBlank()) {
      problems.add(key + " is blank; give it a text");
    }
    if (values.putIfAbsent(key, value.strip()) != null) {
      problems.add(key + " is there twice; keep one");
    }
  }

  /// Sees each entry as it is read; a [Properties] keeps neither their order nor the first of two.
  private final class Recorder extends Properties {
    private static final long serialVersionUID = 1L;

    @Override
    public synchronized Object put(Object key, Object value) {
      add((String) key, (String) value);
      return "";
    }
  }
}
