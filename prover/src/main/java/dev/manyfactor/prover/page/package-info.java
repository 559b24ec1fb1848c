/// Writes what a run found: as one page in a terminal, as JSON with a published schema, and as one
/// self-contained HTML file.
///
/// It knows the outcomes and nothing of how they came about. What a service has said is shown and
/// never obeyed: it steers no terminal, and is no markup. Start with [TerminalPage], [JsonPage] and
/// [HtmlPage]; what they have in common is in [Account].
@NullMarked
package dev.manyfactor.prover.page;

import org.jspecify.annotations.NullMarked;
