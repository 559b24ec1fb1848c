package dev.manyfactor.chaos.sweep;

import dev.manyfactor.chaos.contact.Post;

/// One request that is about to be made.
///
/// @param letter what is sent
/// @param identity by which its effect is found
record Errand(Post.Letter letter, String identity) {}
