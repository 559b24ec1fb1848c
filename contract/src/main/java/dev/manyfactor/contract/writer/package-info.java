/// From the model of a contract to Java source, one small class for each kind of file.
///
/// A writer's text block is the shape of its file, with holes in braces; what it puts into them is
/// laid out as google-java-format would. Imports follow from the text. Read [ContractWriter] first.
@NullMarked
package dev.manyfactor.contract.writer;

import org.jspecify.annotations.NullMarked;
