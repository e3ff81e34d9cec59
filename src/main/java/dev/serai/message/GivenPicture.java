package dev.serai.message;

/** A picture that a caller gives with a request for media. */
public sealed interface GivenPicture {

    /** Where it stands in the request, such as {@code images[1].image_url}. */
    String path();

    /** One that stands somewhere on the web. @param url {@code http} or {@code https}, as the caller wrote it */
    record Linked(String path, String url) implements GivenPicture {}

    /**
     * One that came with the request.
     *
     * @param name of the file, {@code ""} for none
     * @param mediaType as the caller tells it
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Sent(String path, String name, String mediaType, byte[] bytes) implements GivenPicture {}
}
