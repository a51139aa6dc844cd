"""Writes models into a folder, with PyTorch's exporter or with onnx.helper alone, and prints as JSON what Python computes of each: no line of ours is involved."""
import json, sys
import numpy as np, onnx
from onnx import TensorProto as T, helper as h, numpy_helper

folder, writer, P, D, H = sys.argv[1], sys.argv[2], 7, 8, 24
random = np.random.default_rng(4)
pairs = np.array([(a, b) for a in range(P) for b in range(P)])
a, b = pairs[:, 0], pairs[:, 1]
labels = (a + b) % P
chosen = random.permutation(len(pairs))[:30]
is_train = np.isin(np.arange(len(pairs)), chosen)
facts = {}


def note(name, scores, embedding, weights):
    """Accuracies, norms, and the scores of every pair and symbol."""
    right = scores[:, :P].argmax(-1) == labels
    facts[name] = {
        "accuracy": right.mean(), "train_accuracy": right[is_train].mean(), "validation_accuracy": right[~is_train].mean(),
        "embedding_norm": np.linalg.norm(embedding.astype(np.float64)),
        "weight_norm": np.sqrt(sum((w.astype(np.float64) ** 2).sum() for w in weights)),
        "scores": scores[:, :P].astype(np.float64).ravel().tolist(),
    }


def save(name, nodes, inputs, output, tensors, opset):
    graph = h.make_graph(nodes, "main_graph", inputs, [output], [numpy_helper.from_array(w, n) for n, w in tensors.items()])
    model = h.make_model(graph, opset_imports=[h.make_opsetid("", opset)])
    model.ir_version = 8
    onnx.save(model, f"{folder}/{name}")


def weight(*shape):
    return random.normal(size=shape).astype(np.float32)


def with_torch():
    import torch

    class Perceptron(torch.nn.Module):
        """Two embeddings, one after the other, and an MLP."""

        def __init__(self):
            super().__init__()
            self.left, self.right = torch.nn.Embedding(P, D), torch.nn.Embedding(P, D)
            self.hidden, self.head = torch.nn.Linear(2 * D, H), torch.nn.Linear(H, P)

        def forward(self, x, y):
            return self.head(torch.relu(self.hidden(torch.cat([self.left(x), self.right(y)], -1))))

    class Transformer(torch.nn.Module):
        """One layer over the tokens a, b and =, causal, with the scores of P + 1 symbols at every position."""

        def __init__(self):
            super().__init__()
            self.token, self.position = torch.nn.Embedding(P + 1, D), torch.nn.Embedding(3, D)
            self.q, self.k, self.v, self.o = (torch.nn.Linear(D, D, bias=False) for _ in range(4))
            self.up, self.down, self.unembed = torch.nn.Linear(D, H), torch.nn.Linear(H, D), torch.nn.Linear(D, P + 1, bias=False)

        def forward(self, tokens):
            x = self.token(tokens) + self.position(torch.arange(3))
            scores = self.q(x) @ self.k(x).transpose(-1, -2) / D ** 0.5
            x = x + self.o(torch.softmax(scores + torch.triu(torch.full((3, 3), -1e9), 1), -1) @ self.v(x))
            return self.unembed(x + self.down(torch.relu(self.up(x))))

    def train(model, inputs, steps):
        optimizer = torch.optim.Adam(model.parameters(), 2e-2)
        for _ in range(steps):
            out = model(*inputs)
            out = out if out.dim() == 2 else out[:, -1]
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(out[torch.from_numpy(is_train)], torch.from_numpy(labels[is_train])).backward()
            optimizer.step()

    def numbers(model):
        return [p.detach().numpy() for p in model.parameters()]

    # (i) Operator set 13, two inputs with names of their own, a dynamic batch; three checkpoints of one run.
    torch.manual_seed(2)
    perceptron, inputs = Perceptron(), (torch.from_numpy(a), torch.from_numpy(b))
    for step in (0, 20, 40):
        train(perceptron, inputs, 20 if step else 0)
        name = f"series/mlp-step-{step:06d}.onnx"
        torch.onnx.export(perceptron, inputs, f"{folder}/{name}", opset_version=13, input_names=["x", "y"], output_names=["z"], dynamic_axes={n: {0: "n"} for n in "xyz"})
        note(name, perceptron(*inputs).detach().numpy(), perceptron.left.weight.detach().numpy(), numbers(perceptron))

    # (ii) Operator set 16, tokens [B, 3], the names and folded weights that the exporter makes up.
    torch.manual_seed(3)
    transformer, tokens = Transformer(), torch.from_numpy(np.insert(pairs, 2, P, 1))
    train(transformer, (tokens,), 60)
    torch.onnx.export(transformer, (tokens,), f"{folder}/transformer.onnx", opset_version=16, dynamic_axes={"tokens": {0: "batch"}}, input_names=["tokens"])
    note("transformer.onnx", transformer(tokens)[:, -1].detach().numpy(), transformer.token.weight.detach().numpy()[:P], numbers(transformer))
    torch.onnx.export(transformer, (tokens,), f"{folder}/fixed.onnx", opset_version=14)
    facts["fixed.onnx"] = facts["transformer.onnx"]


    # What PyTorch stores once (equal biases and norms of an untrained layer) are parameters all the same; operator set 17, the batch fixed in one model.
    class Encoder(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.token, self.place = torch.nn.Embedding(P + 1, D), torch.nn.Parameter(torch.randn(3, D))
            self.layer, self.head = torch.nn.TransformerEncoderLayer(D, 2, H, dropout=0.0, batch_first=True), torch.nn.Linear(D, P)

        def forward(self, tokens):
            return self.head(self.layer(self.token(tokens) + self.place))

    class Summed(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.first, self.second = torch.nn.Linear(P, D, bias=False), torch.nn.Linear(D, P)

        def forward(self, x, y):
            return self.second(torch.relu(self.first(x) + self.first(y)))

    encoder = Encoder().eval()
    torch.onnx.export(encoder, (tokens,), f"{folder}/encoder.onnx", opset_version=17, dynamic_axes={"tokens": {0: "batch"}}, input_names=["tokens"])
    note("encoder.onnx", encoder(tokens)[:, -1].detach().numpy(), encoder.token.weight.detach().numpy()[:P], numbers(encoder))
    summed, vectors = Summed(), (torch.eye(P)[a], torch.eye(P)[b])
    torch.onnx.export(summed, vectors, f"{folder}/summed.onnx", opset_version=17)
    note("summed.onnx", summed(*vectors).detach().numpy(), summed.first.weight.detach().numpy(), numbers(summed))


def with_helper():
    # (iii) One-hot vectors side by side and one by one, with names that say nothing.
    w1, c1, w2 = weight(2 * P, H), weight(H), weight(H, P)
    eye = np.eye(P, dtype=np.float32)
    save("onehot.onnx", [h.make_node("Gemm", ["in", "p0", "p1"], ["t0"]), h.make_node("Relu", ["t0"], ["t1"]), h.make_node("MatMul", ["t1", "p2"], ["out"])],
         [h.make_tensor_value_info("in", T.FLOAT, ["N", 2 * P])], h.make_tensor_value_info("out", T.FLOAT, ["N", P]), {"p0": w1, "p1": c1, "p2": w2}, 17)
    note("onehot.onnx", np.maximum(np.concatenate([eye[a], eye[b]], 1) @ w1 + c1, 0) @ w2, np.zeros(1), [w1, c1, w2])

    e, w3 = weight(H, P), weight(P, H)
    save("onehots.onnx", [h.make_node("Gemm", ["u", "e"], ["a"], transB=1), h.make_node("Gemm", ["v", "e"], ["b"], transB=1), h.make_node("Add", ["a", "b"], ["s"]),
                          h.make_node("Tanh", ["s"], ["logits"]), h.make_node("Gemm", ["logits", "w"], ["out"], transB=1)],
         [h.make_tensor_value_info(n, T.FLOAT, [len(pairs), P]) for n in "uv"], h.make_tensor_value_info("out", T.FLOAT, [len(pairs), P]), {"e": e, "w": w3}, 15)
    note("onehots.onnx", np.tanh(e.T[a] + e.T[b]) @ w3.T, e.T, [e, w3])

    # (iv) PyTorch 1.13 has no dynamo exporter: this is its style, operator set 18 and all (which this onnx only writes, not checks): no dots, values called val_0.
    emb, fc, bias = weight(P, D), weight(P, 2 * D), weight(P)
    save("dynamo.onnx", [h.make_node("Gather", ["embed_weight", "pairs"], ["embedding"]),
                         h.make_node("Constant", [], ["val_0"], value=h.make_tensor("", T.INT64, [2], [-1, 2 * D])),
                         h.make_node("Reshape", ["embedding", "val_0"], ["view"]), h.make_node("Gemm", ["view", "fc_weight", "fc_bias"], ["linear"], transB=1)],
         [h.make_tensor_value_info("pairs", T.INT32, ["s0", 2])], h.make_tensor_value_info("linear", T.FLOAT, ["s0", P]),
         {"embed_weight": emb, "fc_weight": fc, "fc_bias": bias}, 18)
    note("dynamo.onnx", emb[np.stack([a, b], 1)].reshape(len(pairs), -1) @ fc.T + bias, emb, [emb, fc, bias])


(with_torch if writer == "torch" else with_helper)()
with open(f"{folder}/split.csv", "w") as split:
    split.write("a,b,split\n" + "".join(f"{x},{y},{'train' if t else 'validation'}\n" for (x, y), t in zip(pairs.tolist(), is_train.tolist())))
with open(f"{folder}/train.csv", "w") as split:
    split.write("a,b\n" + "".join(f"{x},{y}\n" for x, y in pairs[chosen].tolist()))
print(json.dumps(facts))
