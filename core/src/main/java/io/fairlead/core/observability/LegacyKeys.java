package io.fairlead.core.observability;

import java.util.List;

/**
 * Keys an older generation had at this place.
 *
 * @param section where, or empty for the top of the configuration
 * @param keys in the order findings come
 * @param code the finding's code
 * @param before message before the key
 * @param after message after the key
 * @param known whether the keys are only that; Relay calls some of them unknown as well
 */
record LegacyKeys(
    String section, List<String> keys, String code, String before, String after, boolean known) {}
