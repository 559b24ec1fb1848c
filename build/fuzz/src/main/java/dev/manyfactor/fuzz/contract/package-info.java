/// An OpenAPI document, as far as requests are made of it and answers are judged by it.
///
/// Reads the document by itself: it shares no code with the generator of services, so that a
/// misreading of one is not repeated by the other. Read [Api] first.
@NullMarked
package dev.manyfactor.fuzz.contract;

import org.jspecify.annotations.NullMarked;
