/// How chaos speaks to a service and to its databases: letters with a key, tokens, and questions in
/// SQL that go past every proxy.
@NullMarked
package dev.manyfactor.chaos.contact;

import org.jspecify.annotations.NullMarked;
