/// The text of a contract: a tree that knows its lines, and the problems found in it.
///
/// Read [Yaml] first; [YamlParser] makes it, [Problems] collects what is wrong with it.
@NullMarked
package dev.manyfactor.contract.source;

import org.jspecify.annotations.NullMarked;
