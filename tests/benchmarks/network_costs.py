"""What each recipe's networks cost at each size: the table of the README, counted on shapes.

python tests/benchmarks/network_costs.py [--smoke]
"""

from __future__ import annotations

import argparse

from ganstudio.project.presets import PRESETS, recipe_for

_SIZES = (32, 64, 128, 256, 512)


def table(sizes: tuple[int, ...]) -> str:
    """Markdown: weights of both networks, and arithmetic of one picture drawn and judged."""
    from ganstudio.gan.networks.cost import cost_of

    head = " | ".join(f"{size} px" for size in sizes)
    lines = [f"| recipe | networks | {head} |", "|---" * (len(sizes) + 2) + "|"]
    for name in PRESETS:
        cells = []
        for size in sizes:
            network = recipe_for(name, size=size, pictures=10_000).network
            cost = cost_of(network)
            weights = f"{cost.parameters_g / 1e6:.1f} + {cost.parameters_d / 1e6:.1f} M"
            cells.append(f"{weights}, {(cost.flops_g + cost.flops_d) / 1e9:.2f} GFLOP")
        lines.append(f"| {name} | {network.name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="one size: does it run?")
    options = parser.parse_args()
    print(table(_SIZES[:1] if options.smoke else _SIZES))


if __name__ == "__main__":
    main()
