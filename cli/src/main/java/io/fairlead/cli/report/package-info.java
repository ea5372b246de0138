/** What the agents did and cost: adding up events, and results for people and for programs. */
@NullMarked
package io.fairlead.cli.report;

import org.jspecify.annotations.NullMarked;
