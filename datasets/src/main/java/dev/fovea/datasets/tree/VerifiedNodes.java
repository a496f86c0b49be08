package dev.fovea.datasets.tree;

import dev.fovea.fault.ErrorCode;
import dev.fovea.fault.FoveaException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Nodes that are verified by their hashes when they are read. */
record VerifiedNodes(TreeNodes nodes) {

    Map<ContentHash, TreeNode> read(Collection<ContentHash> hashes) {
        Map<ContentHash, TreeNode> verified = new HashMap<>();
        if (hashes.isEmpty()) {
            return verified;
        }
        nodes.read(hashes).forEach((hash, bytes) -> verified.put(hash, verified(hash, bytes)));
        return verified;
    }

    TreeNode read(ContentHash hash) {
        return read(List.of(hash)).values().iterator().next();
    }

    private static TreeNode verified(ContentHash hash, byte[] bytes) {
        TreeNode node;
        try {
            node = TreeNode.read(bytes);
        } catch (IllegalArgumentException e) {
            throw damaged(hash, e);
        }
        if (!node.hash().equals(hash) || !node.isIntact()) {
            throw damaged(hash, new IllegalArgumentException("another hash"));
        }
        return node;
    }

    private static FoveaException damaged(ContentHash hash, IllegalArgumentException cause) {
        return new FoveaException(
                ErrorCode.STORAGE_FAILED,
                "Node %s of a data set version, in the table tree_node, is damaged. Restore the database from a back-up."
                        .formatted(hash),
                cause);
    }
}
