using Goldilocks.Core;
using static Goldilocks.Graph.InputFile;

namespace Goldilocks.Graph;

/// <summary>The rules every ONNX graph obeys whatever its operators: one producer per value, producers before consumers, outputs produced.</summary>
public static class GraphValidator
{
    /// <summary>Checks names, single assignment and topological order.</summary>
    /// <param name="graph">Any graph; operators and shapes are not looked at.</param>
    /// <param name="subject">What the message begins with: the file's name, for instance.</param>
    /// <exception cref="GoldilocksException">The first rule that is broken, and where.</exception>
    public static void Check(ModelGraph graph, string subject)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var input in graph.Inputs) Define(input.Name, "input");
        foreach (var (name, _) in graph.Initializers) Define(name, "initializer");

        // A reader that comes upon an unknown name says whether it comes too early or not at all.
        var produced = graph.Nodes.SelectMany(node => node.Outputs).ToHashSet(StringComparer.Ordinal);
        var nodes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in graph.Nodes)
        {
            if (node.OpType.Length == 0) throw Broken($"node {Quote(node.Name)} has no operator");
            if (node.Name.Length == 0) throw Broken($"a {Quote(node.OpType)} node has no name");
            if (!nodes.Add(node.Name)) throw Broken($"two nodes are named {Quote(node.Name)}");
            foreach (var input in node.Inputs)
            {
                if (input.Length == 0 || known.Contains(input)) continue;
                throw Broken($"node {Quote(node.Name)} ({Quote(node.OpType)}) reads {Quote(input)}, which "
                    + (produced.Contains(input) ? "only a later node gives: nodes must stand in topological order" : "no node, input or initializer gives"));
            }

            foreach (var output in node.Outputs)
                if (output.Length > 0) Define(output, $"output of node {Quote(node.Name)}");
        }

        var outputs = new HashSet<string>(StringComparer.Ordinal);
        if (graph.Outputs.Count == 0) throw Broken("the graph has no outputs");
        foreach (var output in graph.Outputs)
        {
            if (!known.Contains(output.Name)) throw Broken($"the graph's output {Quote(output.Name)} is given by no node, input or initializer");
            if (!outputs.Add(output.Name)) throw Broken($"the graph's output {Quote(output.Name)} is listed twice");
        }

        void Define(string name, string role)
        {
            if (name.Length == 0) throw Broken($"an {role} has no name");
            if (!known.Add(name)) throw Broken($"the name {Quote(name)} is given to two values ({role} and an earlier one); every value has one producer");
        }

        GoldilocksException Broken(string problem) => new($"{subject}: {problem}.");
    }
}
