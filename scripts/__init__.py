# SPDX-License-Identifier: Apache-2.0
"""Brownie scripts: each a thin ``main()`` over the package, on whatever network Brownie is connected to.

make brownie ARGS="run deploy main founders.yaml node:0x... --network development"
"""
