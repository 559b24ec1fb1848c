/// The command `mf`: one file per verb, and how what happens is shown in a terminal.
///
/// It promises that standard output holds only what was asked for (`mf token` prints a token and
/// nothing else), that errors go to standard error with what to do about them, and that the exit
/// code says what happened, in the numbers of sysexits, or in its own for `mf prove`. Colour is for
/// terminals; `NO_COLOR` turns it off.
///
/// What the verbs do is in [dev.manyfactor.formation] and [dev.manyfactor.prover]; read [Mf] first.
@NullMarked
package dev.manyfactor.cli;

import org.jspecify.annotations.NullMarked;
