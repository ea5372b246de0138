package io.fairlead.spi.event;

/**
 * Facts of a scope of category {@link ScopeCategory#CUSTOM}.
 *
 * @param subtype what it is (ATOF {@code category_profile.subtype})
 */
public record CustomProfile(String subtype) implements Profile {}
