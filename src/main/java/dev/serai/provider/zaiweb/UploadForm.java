package dev.serai.provider.zaiweb;

import dev.serai.stream.ByteSink;

/**
 * A form with one file (RFC 7578).
 *
 * @param contentType names the boundary
 */
@SuppressWarnings("ArrayRecordComponent")
record UploadForm(String contentType, byte[] body) {

    /** @param boundary stands nowhere in the file @param name and @param mediaType are made by the gateway */
    static UploadForm of(String boundary, String name, String mediaType, byte[] file) {
        var body = new ByteSink(file.length + 512);
        body.ascii("--" + boundary + "\r\ncontent-disposition: form-data; name=\"file\"; filename=\"" + name
                + "\"\r\ncontent-type: " + mediaType + "\r\n\r\n");
        body.write(file);
        body.ascii("\r\n--" + boundary + "--\r\n");
        return new UploadForm("multipart/form-data; boundary=" + boundary, body.toByteArray());
    }
}
