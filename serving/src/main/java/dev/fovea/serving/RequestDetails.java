package dev.fovea.serving;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import dev.fovea.fault.Printable;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a caller says about a request besides the image, and who it is. Traffic is kept by these.
 *
 * @param id the request's id, which the response has too; empty for a request of the program itself, which is no
 *     traffic and is not logged
 * @param client the name of the API key; empty without keys, and for a key without a name
 * @param tags what the caller states, such as a camera or a line; at most {@value #MAX_TAGS}
 * @param keepable whether a retention policy may keep the image
 * @param traceparent the request's span in W3C's form; empty where the request is not traced. It is not logged
 */
public record RequestDetails(
        String id,
        Optional<String> client,
        SortedMap<String, String> tags,
        boolean keepable,
        Optional<String> traceparent) {

    /** The header with tags: {@code line=3, camera=b}. */
    public static final String TAG_HEADER = "X-Fovea-Tag";

    /** The header that forbids keeping the image: {@code never}. */
    public static final String KEEP_HEADER = "X-Fovea-Keep";

    /** The header with the key that keeps a caller on a version. */
    public static final String KEY_HEADER = "X-Request-Key";

    /** The tag that business figures are joined by. */
    public static final String KEY_TAG = "key";

    /** A request of the program itself, which is no traffic. */
    public static final RequestDetails OWN =
            new RequestDetails("", Optional.empty(), Collections.emptySortedMap(), false);

    /** The number of tags that a request may state. */
    public static final int MAX_TAGS = 16;

    private static final int MAX_ID = 128;
    private static final int MAX_VALUE = 128;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    public RequestDetails {
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }

    /** Of a request that is not traced. */
    public RequestDetails(String id, Optional<String> client, SortedMap<String, String> tags, boolean keepable) {
        this(id, client, tags, keepable, Optional.empty());
    }

    /** Of a request without tags, whose image may be kept. */
    public static RequestDetails of(String id) {
        return new RequestDetails(id, Optional.empty(), Collections.emptySortedMap(), true);
    }

    /**
     * Of a request's headers.
     *
     * @param tags the values of all headers {@value #TAG_HEADER}
     * @param keep the value of {@value #KEEP_HEADER}
     * @throws FoveaException {@code ARGUMENT_INVALID} for a header that is not understood
     */
    public static RequestDetails of(String id, Optional<String> client, List<String> tags, @Nullable String keep) {
        return new RequestDetails(
                id,
                client,
                tags.isEmpty() ? Collections.emptySortedMap() : tags(HeaderText.decoded(String.join(",", tags))),
                keepable(keep));
    }

    /** The same for a request whose body has an id, which it gets where it is one. */
    public RequestDetails named(String own) {
        boolean usable = !own.isBlank() && own.length() <= MAX_ID && Printable.isPlain(own);
        return usable ? new RequestDetails(own, client, tags, keepable, traceparent) : this;
    }

    /** The same with the span of the request. */
    public RequestDetails tracedAs(Optional<String> span) {
        return span.isEmpty() ? this : new RequestDetails(id, client, tags, keepable, span);
    }

    /**
     * The same with the key that keeps a caller on a version, as the tag {@value #KEY_TAG}, unless the caller states
     * that tag. A key that is no tag's value is left out.
     */
    public RequestDetails keyed(Optional<String> key) {
        Optional<String> stated = key.map(HeaderText::decoded);
        boolean usable = stated.filter(text -> !text.isBlank() && text.length() <= MAX_VALUE && Printable.isPlain(text))
                .isPresent();
        if (!usable || tags.containsKey(KEY_TAG)) {
            return this;
        }
        SortedMap<String, String> more = new TreeMap<>(tags);
        more.put(KEY_TAG, stated.orElseThrow());
        return new RequestDetails(id, client, more, keepable, traceparent);
    }

    /** The key that keeps the caller on a version. */
    public Optional<String> key() {
        return Optional.ofNullable(tags.get(KEY_TAG));
    }

    /** Whether a caller sent it. */
    public boolean isTraffic() {
        return !id.isEmpty();
    }

    /** The same for one of several images of a request. */
    public RequestDetails image(int index) {
        return isTraffic() ? new RequestDetails(id + ":" + index, client, tags, keepable, traceparent) : this;
    }

    private static boolean keepable(@Nullable String keep) {
        if (keep == null) {
            return true;
        }
        if (!keep.strip().equalsIgnoreCase("never")) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "The header %s is \"%s\"; the only value is never. Without the header the model's retention policy decides."
                            .formatted(KEEP_HEADER, Printable.brief(keep)));
        }
        return false;
    }

    private static SortedMap<String, String> tags(String header) {
        SortedMap<String, String> tags = new TreeMap<>();
        for (String entry : header.split(",", -1)) {
            String text = entry.strip();
            if (text.isEmpty()) {
                continue;
            }
            int equals = text.indexOf('=');
            String name = equals < 0 ? text : text.substring(0, equals).strip();
            if (equals < 0 || !NAME.matcher(name).matches()) {
                throw invalid(text, "it must be NAME=VALUE, where a name has 1 to 64 of A-Z a-z 0-9 _ . -");
            }
            String value = text.substring(equals + 1).strip();
            if (value.isEmpty() || value.length() > MAX_VALUE || !Printable.isPlain(value)) {
                throw invalid(text, "a value has 1 to %d printable characters".formatted(MAX_VALUE));
            }
            if (tags.put(name, value) != null) {
                throw invalid(text, "the name \"%s\" is there twice".formatted(name));
            }
        }
        if (tags.size() > MAX_TAGS) {
            throw new FoveaException(
                    ErrorCode.ARGUMENT_INVALID,
                    "The header %s has %d tags; at most %d are allowed.".formatted(TAG_HEADER, tags.size(), MAX_TAGS));
        }
        return tags;
    }

    private static FoveaException invalid(String entry, String rule) {
        return new FoveaException(
                ErrorCode.ARGUMENT_INVALID,
                "The header %s has the entry \"%s\"; %s. An example: line=3, camera=b."
                        .formatted(TAG_HEADER, Printable.brief(entry), rule));
    }
}
