package dev.serai.provider.zaiweb;

/** Ids of one request, all made up here but that of a chat made beforehand. */
record ChatIds(String request, String answer, String message, String session, String chat) {

    ChatIds withChat(String made) {
        return new ChatIds(request, answer, message, session, made);
    }
}
