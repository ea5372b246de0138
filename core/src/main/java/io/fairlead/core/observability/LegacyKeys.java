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
 */
record LegacyKeys(String section, List<String> keys, String code, String before, String after) {}
